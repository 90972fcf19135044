//! An answer around what was signed: `{"alipay_trade_query_response":{…},"sign":"…"}`.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// The node and its signature, byte for byte as they came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlipayEnvelope<'a> {
    pub node: &'a str,
    /// Alipay leaves it out of some errors.
    pub sign: Option<&'a str>,
}

/// The node where everything that was not understood is answered.
const ERROR: &str = "error_response";

/// The node that answers a method: `alipay.trade.query` in `alipay_trade_query_response`.
pub fn node_of(method: &str) -> String {
    format!("{}_response", method.replace('.', "_"))
}

impl<'a> AlipayEnvelope<'a> {
    /// Finds the answer to a method in the text of a whole answer.
    pub fn open(method: &str, text: &'a str) -> Option<Self> {
        let parts: BTreeMap<&str, &RawValue> = serde_json::from_str(text).ok()?;
        let node = parts.get(node_of(method).as_str()).or_else(|| parts.get(ERROR))?.get();
        let sign = parts.get("sign").and_then(|sign| serde_json::from_str(sign.get()).ok());
        Some(Self { node, sign })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(text: &str) -> Option<&str> {
        AlipayEnvelope::open("alipay.trade.create", text).map(|envelope| envelope.node)
    }

    /// The cases of `AlipaySignatureTest` in alipay-sdk-java-all: braces, quotes and backslashes wherever they can stand.
    #[test]
    fn the_node_is_cut_out_to_the_byte() {
        for inside in [
            r#"{"code":"10000","msg":"Success","out_trade_no":"20150320010101001"}"#,
            r#"{"code":"10000","nested":{"a":1,"b":"2","array":["1","2","3"]},"trade_no":"2019"}"#,
            r#"{"nested":{"a":1},"out_{trade}_{no}":"201{5}0320010101001{}"}"#,
            r#"{"co{de":"100}00","ms}g":"Suc}cess","ne{sted":{"a":1,"array":["{1","2"]},"{out_{trade}_{no}":"201{5}0320{}"}"#,
            r#"{"msg":"Suc\"}cess","array":["\"{1"],"{no}":"201{5\"}032{}","trade_no}":"20\"19062{322"}"#,
            r#"{"code":"10000\\",         "msg": "Success",         "\\out_trade_no\\": "\\\\2015\\\\",  "trade_no": "2019"     }"#,
            r#"{"code":"10000","sign":"another","url":"http:\/\/example.com\/1"}"#,
            r#""eyJjb2RlIjoiMTAwMDAifQ==""#,
        ] {
            for text in [
                format!(r#"{{"alipay_trade_create_response":{inside},"sign":"TS355N0Qj=="}}"#),
                format!("{{\"alipay_trade_create_response\"\n   :   {inside} ,\r\n \"sign\"  :  \"TS355N0Qj==\" }}\n"),
                format!(r#"{{"sign":"TS355N0Qj==","alipay_trade_create_response":{inside}}}"#),
            ] {
                let envelope = AlipayEnvelope::open("alipay.trade.create", &text).unwrap();
                assert_eq!(envelope, AlipayEnvelope { node: inside, sign: Some("TS355N0Qj==") });
            }
        }
    }

    #[test]
    fn what_is_no_answer_is_none() {
        let error = r#"{"error_response":{"code":"40002","sub_code":"isv.invalid-app-id"}}"#;
        assert_eq!(AlipayEnvelope::open("alipay.trade.create", error).unwrap().sign, None);
        assert_eq!(node(error), Some(r#"{"code":"40002","sub_code":"isv.invalid-app-id"}"#));
        for text in ["", "{}", "[]", "<html></html>", r#"{"alipay_trade_query_response":{}}"#, r#"{"alipay_trade_create_response":{}"#] {
            assert_eq!(node(text), None, "{text}");
        }
    }
}
