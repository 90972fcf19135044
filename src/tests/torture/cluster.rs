//! A PostgreSQL of its own, which is killed without harming any other test.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;

pub struct Cluster {
    pub url: String,
    script: Child,
    /// Gone once the script shall end.
    talk: Mutex<Option<(ChildStdin, BufReader<ChildStdout>)>>,
}

impl Cluster {
    pub fn start() -> Self {
        let root = env!("CARGO_MANIFEST_DIR");
        let mut command = Command::new(format!("{root}/scripts/with-postgres.sh"));
        command.arg(format!("{root}/scripts/crashing-postgres.sh")).env_remove("TEST_POSTGRES_URL");
        let mut script = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (orders, mut words) = (script.stdin.take().unwrap(), BufReader::new(script.stdout.take().unwrap()));
        let url = line(&mut words);
        Self { url, script, talk: Mutex::new(Some((orders, words))) }
    }

    /// All its processes at once, and a start.
    pub fn is_killed(&self) {
        let mut talk = self.talk.lock().unwrap();
        let (orders, words) = talk.as_mut().unwrap();
        orders.write_all(b"kill\n").unwrap();
        assert_eq!(line(words), "up");
    }
}

impl Drop for Cluster {
    /// The script reads no further order, and takes everything away.
    fn drop(&mut self) {
        self.talk.get_mut().unwrap().take();
        let _ = self.script.wait();
    }
}

fn line(words: &mut impl BufRead) -> String {
    let mut line = String::new();
    words.read_line(&mut line).unwrap();
    line.trim().to_owned()
}
