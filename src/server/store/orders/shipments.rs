//! Rows of parcels that left the shop.

use crate::domain::{OrderId, OrderLineId, Parcel, ShipmentId, ShopId, Timestamp};
use crate::server::db::Conn;
use crate::server::error::Result;

/// A parcel and what lies in it.
#[derive(Clone, Debug)]
pub struct Shipment {
    pub parcel: Parcel,
    pub shipped_at: Timestamp,
    pub units: Vec<(OrderLineId, i64)>,
}

const INSERT: &str = "insert into shipments (id, shop_id, order_id, carrier, tracking, shipped_at) values ($1, $2, $3, $4, $5, $6)";
const INSERT_LINE: &str = "insert into shipment_lines (shipment_id, order_line_id, quantity) values ($1, $2, $3)";

pub async fn insert(conn: &mut Conn, id: ShipmentId, shop: ShopId, order: OrderId, shipment: &Shipment) -> Result<()> {
    sqlx::query(INSERT)
        .bind(id.0)
        .bind(shop.0)
        .bind(order.0)
        .bind(&shipment.parcel.carrier)
        .bind(&shipment.parcel.tracking)
        .bind(shipment.shipped_at.0)
        .execute(&mut *conn)
        .await?;
    for (line, units) in shipment.units.iter().filter(|(_, units)| *units > 0) {
        sqlx::query(INSERT_LINE).bind(id.0).bind(line.0).bind(units).execute(&mut *conn).await?;
    }
    Ok(())
}

type ShipmentRow = (i64, String, String, i64, i64, i64);

const OF_ORDER: &str = "select s.id, s.carrier, s.tracking, s.shipped_at, l.order_line_id, l.quantity
    from shipments s join shipment_lines l on l.shipment_id = s.id where s.order_id = $1 order by s.id, l.order_line_id";

/// The parcels of an order, in the order they left.
pub async fn of_order(conn: &mut Conn, order: OrderId) -> Result<Vec<Shipment>> {
    let rows: Vec<ShipmentRow> = sqlx::query_as(OF_ORDER).bind(order.0).fetch_all(conn).await?;
    let mut parcels: Vec<(i64, Shipment)> = Vec::new();
    for (id, carrier, tracking, shipped_at, line, units) in rows {
        match parcels.last_mut() {
            Some((last, shipment)) if *last == id => shipment.units.push((OrderLineId(line), units)),
            _ => {
                let parcel = Parcel { carrier, tracking };
                parcels.push((id, Shipment { parcel, shipped_at: Timestamp(shipped_at), units: vec![(OrderLineId(line), units)] }));
            }
        }
    }
    Ok(parcels.into_iter().map(|(_, shipment)| shipment).collect())
}
