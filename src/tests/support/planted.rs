//! Looks for words in everything that is kept.

use super::app::TestApp;
use guitu::server::db::Dialect;

impl TestApp {
    /// In which columns of which tables these words stand: every column of every table, read as text.
    pub async fn finds(&self, planted: &[&str]) -> Vec<String> {
        let columns = match self.server.db.dialect() {
            Dialect::Sqlite => {
                "select m.name as t, c.name as c from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' order by 1, 2"
            }
            Dialect::Postgres => {
                "select table_name::text as t, column_name::text as c from information_schema.columns where table_schema = 'public' order by 1, 2"
            }
        };
        let columns: Vec<(String, String)> = sqlx::query_as(columns).fetch_all(self.server.db.read()).await.unwrap();
        assert!(columns.len() > 150, "{columns:?}");
        let mut found = Vec::new();
        for (table, column) in columns {
            for planted in planted {
                let count = format!("select count(*) from \"{table}\" where cast(\"{column}\" as text) like '%{planted}%'");
                let rows: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(count)).fetch_one(self.server.db.read()).await.unwrap();
                if rows > 0 {
                    found.push(format!("{planted} in {table}.{column}"));
                }
            }
        }
        found
    }

    /// The files of pictures that are kept.
    pub fn picture_files(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.folder.join("evidence")).unwrap();
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
    }
}
