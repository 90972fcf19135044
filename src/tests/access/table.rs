//! 200 seen; 303 done, or sent elsewhere, mostly to the log-in; 401 a form that waits for the log-in; 403 not their role; 404 not theirs, so it
//! does not exist; 409 and 422 a form that is wrong, before or after anything was looked up for it, for here all forms are empty.

use std::collections::BTreeMap;

/// The columns: nobody, the buyer, another buyer; the shop's owner, service, warehouse, finance; the other shop's owner; and a browser whose log-ins on
/// both sides have ended: it comes as far as nobody.
const TABLE: &str = "
-- for everybody
GET  /                                            200 200 200 200 200 200 200 200 200
GET  /account-closed                              200 200 200 200 200 200 200 200 200
GET  /assets/{*path}                              404 404 404 404 404 404 404 404 404
GET  /favicon.ico                                 200 200 200 200 200 200 200 200 200
POST /gateway/wechat/notices                      401 401 401 401 401 401 401 401 401
POST /gateway/alipay/notices                      401 401 401 401 401 401 401 401 401
GET  /healthz                                     200 200 200 200 200 200 200 200 200
GET  /login                                       200 303 303 200 200 200 200 200 200
POST /login                                       422 422 422 422 422 422 422 422 422
POST /logout                                      303 303 303 303 303 303 303 303 303
GET  /pictures/{key}                              404 200 404 200 200 200 200 404 404
GET  /pictures/{key}/small                        404 200 404 200 200 200 200 404 404
GET  /products/{id}                               200 200 200 200 200 200 200 200 200
POST /products/{id}                               401 422 422 401 401 401 401 401 401
GET  /readyz                                      200 200 200 200 200 200 200 200 200
GET  /register                                    200 200 200 200 200 200 200 200 200
POST /theme                                       303 303 303 303 303 303 303 303 303
POST /register                                    422 422 422 422 422 422 422 422 422
GET  /reset                                       404 404 404 404 404 404 404 404 404
POST /reset                                       404 404 404 404 404 404 404 404 404

-- the buyer's
GET  /after-sales                                 303 200 200 303 303 303 303 303 303
GET  /after-sales/{no}                            303 200 404 303 303 303 303 303 303
POST /after-sales/{no}/confirm                    401 409 404 401 401 401 401 401 401
POST /after-sales/{no}/convert                    401 409 404 401 401 401 401 401 401
GET  /after-sales/{no}/refund-account             303 303 404 303 303 303 303 303 303
POST /after-sales/{no}/refund-account             401 409 404 401 401 401 401 401 401
GET  /after-sales/{no}/return                     303 303 404 303 303 303 303 303 303
POST /after-sales/{no}/return                     401 422 404 401 401 401 401 401 401
GET  /after-sales/{no}/revise                     303 303 404 303 303 303 303 303 303
POST /after-sales/{no}/revise                     401 422 404 401 401 401 401 401 401
POST /after-sales/{no}/to-balance                 401 409 404 401 401 401 401 401 401
POST /after-sales/{no}/withdraw                   401 409 404 401 401 401 401 401 401
GET  /cart                                        303 200 200 303 303 303 303 303 303
POST /cart/{sku}/quantity                         401 422 422 401 401 401 401 401 401
POST /cart/{sku}/remove                           401 303 303 401 401 401 401 401 401
GET  /checkout                                    303 303 303 303 303 303 303 303 303
POST /checkout                                    401 303 303 401 401 401 401 401 401
POST /coupons/{id}/take                           401 303 303 401 401 401 401 401 401
GET  /me                                          303 200 200 303 303 303 303 303 303
GET  /me/addresses                                303 200 200 303 303 303 303 303 303
GET  /me/addresses/new                            303 200 200 303 303 303 303 303 303
POST /me/addresses/new                            401 422 422 401 401 401 401 401 401
GET  /me/addresses/{id}                           303 200 404 303 303 303 303 303 303
POST /me/addresses/{id}                           401 422 404 401 401 401 401 401 401
POST /me/addresses/{id}/default                   401 303 404 401 401 401 401 401 401
POST /me/addresses/{id}/remove                    401 303 404 401 401 401 401 401 401
GET  /me/close-account                            303 200 200 303 303 303 303 303 303
POST /me/close-account                            401 422 422 401 401 401 401 401 401
GET  /me/coupons                                  303 200 200 303 303 303 303 303 303
GET  /me/messages                                 303 200 200 303 303 303 303 303 303
POST /me/messages/read                            401 303 303 401 401 401 401 401 401
GET  /me/security                                 303 200 200 303 303 303 303 303 303
POST /me/security/others                          401 422 422 401 401 401 401 401 401
POST /me/security/password                        401 422 422 401 401 401 401 401 401
GET  /me/wallet                                   303 200 200 303 303 303 303 303 303
GET  /orders                                      303 200 200 303 303 303 303 303 303
GET  /orders/{no}/after-sale                      303 200 404 303 303 303 303 303 303
POST /orders/{no}/after-sale                      401 422 404 401 401 401 401 401 401
GET  /orders/{no}/review                          303 200 404 303 303 303 303 303 303
POST /orders/{no}/review                          401 409 404 401 401 401 401 401 401
GET  /orders/{number}                             303 200 404 303 303 303 303 303 303
POST /orders/{number}/buy-again                   401 303 404 401 401 401 401 401 401
POST /orders/{number}/cancel                      401 409 404 401 401 401 401 401 401
GET  /orders/{number}/pay                         303 303 404 303 303 303 303 303 303
POST /orders/{number}/pay                         401 422 404 401 401 401 401 401 401
GET  /orders/{number}/pay/code                    303 303 404 303 303 303 303 303 303
GET  /orders/{number}/pay/wechat                  303 303 404 303 303 303 303 303 303
GET  /orders/{number}/pay/wechat/login            303 303 404 303 303 303 303 303 303
POST /orders/{number}/receive                     401 303 404 401 401 401 401 401 401

-- the shop's
GET  /merchant                                    303 303 303 200 200 200 200 200 303
GET  /merchant/account                            303 303 303 200 200 200 200 200 303
POST /merchant/account/others                     401 401 401 422 422 422 422 422 401
POST /merchant/account/password                   401 401 401 422 422 422 422 422 401
GET  /merchant/after-sales                        303 303 303 200 200 200 200 200 303
GET  /merchant/after-sales/{number}               303 303 303 200 200 200 200 404 303
POST /merchant/after-sales/{number}/decide        401 401 401 422 422 403 422 404 401
POST /merchant/after-sales/{number}/receive       401 401 401 409 403 409 403 404 401
POST /merchant/after-sales/{number}/refund-account 401 401 401 403 403 403 404 404 401
POST /merchant/after-sales/{number}/remark        401 401 401 303 303 303 303 404 401
POST /merchant/after-sales/{number}/reship        401 401 401 422 403 422 403 404 401
POST /merchant/after-sales/{number}/retry         401 401 401 409 403 403 409 404 401
POST /merchant/after-sales/{number}/settle        401 401 401 422 422 403 422 404 401
GET  /merchant/batches                            303 303 303 200 200 403 200 200 303
POST /merchant/batches                            401 401 401 422 422 403 422 422 401
GET  /merchant/batches/{number}                   303 303 303 200 200 403 200 404 303
POST /merchant/batches/{number}/drop              401 401 401 303 303 403 403 404 401
POST /merchant/batches/{number}/resume            401 401 401 409 409 403 403 404 401
POST /merchant/batches/{number}/start             401 401 401 422 422 403 403 404 401
POST /merchant/batches/{number}/stop              401 401 401 409 409 403 403 404 401
GET  /merchant/coupons                            303 303 303 200 200 403 200 200 303
GET  /merchant/coupons/new                        303 303 303 200 403 403 403 200 303
POST /merchant/coupons/new                        401 401 401 422 403 403 403 422 401
GET  /merchant/coupons/{id}                       303 303 303 200 200 403 200 404 303
POST /merchant/coupons/{id}/end                   401 401 401 303 403 403 403 404 401
POST /merchant/coupons/{id}/give                  401 401 401 422 403 403 403 404 401
POST /merchant/coupons/{id}/give-all              401 401 401 303 403 403 403 404 401
GET  /merchant/ledger                             303 303 303 200 403 403 200 200 303
POST /merchant/ledger                             401 401 401 303 403 403 303 303 401
GET  /merchant/login                              200 200 200 303 303 303 303 303 200
POST /merchant/login                              422 422 422 422 422 422 422 422 422
POST /merchant/logout                             303 303 303 303 303 303 303 303 303
GET  /merchant/members                            303 303 303 200 200 403 200 200 303
GET  /merchant/members/{id}                       303 303 303 200 200 403 200 404 303
POST /merchant/members/{id}                       401 401 401 422 403 403 422 404 401
GET  /merchant/messages                           303 303 303 200 200 200 200 200 303
POST /merchant/messages/read                      401 401 401 303 303 303 303 303 401
GET  /merchant/orders                             303 303 303 200 200 200 200 200 303
GET  /merchant/orders/{number}                    303 303 303 200 200 200 200 404 303
GET  /merchant/orders/{number}/address            303 303 303 303 303 303 303 303 303
POST /merchant/orders/{number}/address            401 401 401 422 422 403 403 404 401
GET  /merchant/orders/{number}/close              303 303 303 303 303 303 303 303 303
POST /merchant/orders/{number}/close              401 401 401 409 409 403 403 404 401
GET  /merchant/orders/{number}/confirm-payment    303 303 303 303 303 303 303 303 303
POST /merchant/orders/{number}/confirm-payment    401 401 401 409 403 403 409 404 401
GET  /merchant/orders/{number}/price              303 303 303 303 303 303 303 303 303
POST /merchant/orders/{number}/price              401 401 401 422 422 403 403 404 401
GET  /merchant/orders/{number}/receive            303 303 303 303 303 303 303 303 303
POST /merchant/orders/{number}/receive            401 401 401 409 409 403 403 404 401
GET  /merchant/orders/{number}/remark             303 303 303 303 303 303 303 303 303
POST /merchant/orders/{number}/remark             401 401 401 303 303 303 303 404 401
GET  /merchant/orders/{number}/ship               303 303 303 303 303 303 303 303 303
POST /merchant/orders/{number}/ship               401 401 401 422 403 422 403 404 401
GET  /merchant/payment-anomalies                  303 303 303 200 403 403 200 200 303
POST /merchant/payment-anomalies/{id}/query       401 401 401 303 403 403 303 404 401
POST /merchant/payment-anomalies/{id}/refund      401 401 401 409 403 403 409 404 401
POST /merchant/payment-anomalies/{id}/resolve     401 401 401 422 403 403 422 404 401
POST /merchant/payment-anomalies/{id}/decide      401 401 401 422 403 403 422 404 401
GET  /merchant/products                           303 303 303 200 403 200 403 200 303
GET  /merchant/reconciliation                     303 303 303 200 403 403 200 200 303
POST /merchant/reconciliation                     401 401 401 422 403 403 422 422 401
GET  /merchant/reconciliation/{channel}/{day}     303 303 303 200 403 403 200 404 303
POST /merchant/reconciliation/{channel}/{day}/settle 401 401 401 404 403 403 404 404 401
GET  /merchant/refunds                            303 303 303 200 200 403 200 200 303
GET  /merchant/refunds/export                     303 303 303 200 200 403 200 200 303
POST /merchant/refunds/{number}/elsewhere      401 401 401 422 403 403 422 404 401
POST /merchant/refunds/{number}/settle            401 401 401 422 403 403 422 404 401
GET  /merchant/return-addresses                   303 303 303 200 200 200 403 200 303
GET  /merchant/return-addresses/new               303 303 303 200 200 200 403 200 303
POST /merchant/return-addresses/new               401 401 401 422 422 422 403 422 401
GET  /merchant/return-addresses/{id}              303 303 303 200 200 200 403 404 303
POST /merchant/return-addresses/{id}              401 401 401 422 422 422 403 404 401
POST /merchant/return-addresses/{id}/default      401 401 401 303 303 303 403 404 401
POST /merchant/return-addresses/{id}/remove       401 401 401 303 303 303 403 404 401
GET  /merchant/reviews                            303 303 303 200 200 403 403 200 303
POST /merchant/reviews/{id}/hide                  401 401 401 422 403 403 403 404 401
POST /merchant/reviews/{id}/reply                 401 401 401 422 422 403 403 404 401
POST /merchant/reviews/{id}/show                  401 401 401 303 403 403 403 404 401
GET  /merchant/settings/clocks                    303 303 303 200 403 403 403 200 303
POST /merchant/settings/clocks                    401 401 401 409 403 403 403 409 401
GET  /merchant/settings/staff                     303 303 303 200 403 403 403 200 303
POST /merchant/settings/staff/{id}/disable        401 401 401 303 403 403 403 404 401
POST /merchant/settings/staff/{id}/enable         401 401 401 303 403 403 403 404 401
POST /merchant/settings/staff/{id}/link           401 401 401 200 403 403 403 404 401
POST /merchant/settings/staff/{id}/role           401 401 401 422 403 403 403 404 401

-- the same forms, answered where they stand
POST /api/in-place/merchant/orders/confirm-payment      401 401 401 409 403 403 409 404 401
POST /api/in-place/merchant/orders/price                401 401 401 422 422 403 403 404 401
POST /api/in-place/merchant/orders/ship                 401 401 401 422 403 422 403 404 401
POST /api/in-place/merchant/orders/receive              401 401 401 409 409 403 403 404 401
POST /api/in-place/merchant/orders/address              401 401 401 422 422 403 403 404 401
POST /api/in-place/merchant/orders/close                401 401 401 409 409 403 403 404 401
POST /api/in-place/merchant/orders/remark               401 401 401 200 200 200 200 404 401
POST /api/in-place/merchant/after-sales/decide          401 401 401 422 422 403 422 404 401
POST /api/in-place/merchant/after-sales/settle          401 401 401 422 422 403 422 404 401
POST /api/in-place/merchant/after-sales/receive         401 401 401 409 403 409 403 404 401
POST /api/in-place/merchant/after-sales/reship          401 401 401 422 403 422 403 404 401
POST /api/in-place/merchant/after-sales/retry           401 401 401 409 403 403 409 404 401
POST /api/in-place/merchant/after-sales/remark          401 401 401 200 200 200 200 404 401
POST /api/in-place/merchant/batches/start               401 401 401 422 422 403 403 404 401
POST /api/in-place/merchant/batches/drop                401 401 401 200 200 403 403 404 401
POST /api/in-place/orders/cancel                        401 409 404 401 401 401 401 401 401
POST /api/in-place/orders/receive                       401 200 404 401 401 401 401 401 401
POST /api/in-place/after-sales/withdraw                 401 409 404 401 401 401 401 401 401
POST /api/in-place/after-sales/confirm                  401 409 404 401 401 401 401 401 401
POST /api/in-place/after-sales/convert                  401 409 404 401 401 401 401 401 401
POST /api/in-place/after-sales/to-balance               401 409 404 401 401 401 401 401 401
POST /api/in-place/coupons/take                         401 200 200 401 401 401 401 401 401
POST /api/in-place/cart/quantity                        401 422 422 401 401 401 401 401 401
POST /api/in-place/cart/remove                          401 200 200 401 401 401 401 401 401
";

/// Status by route, for everybody in the order of the columns.
pub fn rows() -> BTreeMap<(String, String), Vec<u16>> {
    let row = |line: &str| {
        let mut words = line.split_whitespace();
        let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
        matches!(method.as_str(), "GET" | "POST").then(|| ((path, method), words.map(|status| status.parse().expect("a status")).collect()))
    };
    TABLE.lines().filter_map(row).collect()
}
