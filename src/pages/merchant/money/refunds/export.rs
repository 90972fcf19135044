//! 「导出」: the file of what the page lists, or of its month.

use super::query::RefundsQuery;
use crate::domain::Day;
use crate::pages::extract::Query;
use crate::pages::failure::Failure;
use crate::server::ctx::Staff;
use crate::server::error::Error;
use crate::server::money::refunds::{self, ExportFormat, ExportScope};
use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

pub(super) async fn download(staff: Staff, Query(query): Query<RefundsQuery>) -> Result<Response, Failure> {
    let (zone, format) = (staff.shop.zone, query.format().unwrap_or(ExportFormat::Csv));
    let (scope, name) = if query.of == "month" {
        let month = query.month(staff.now, zone);
        (ExportScope::Month(month), month.to_string())
    } else {
        let (filter, errors) = query.filter(zone);
        (ExportScope::Filter(filter.ok_or(Error::Invalid(errors))?), Day::of(staff.now, zone).to_string())
    };
    let (kind, ending) = match format {
        ExportFormat::Csv => ("text/csv; charset=utf-8", "csv"),
        ExportFormat::Xlsx => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    };
    let body = Body::from_stream(refunds::export(&staff, scope, format).await?);
    let headers = [(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, format!("attachment; filename=\"refunds-{name}.{ending}\""))];
    Ok((headers, body).into_response())
}
