CREATE TABLE IF NOT EXISTS payments (
    payment_no  TEXT PRIMARY KEY,
    token       TEXT NOT NULL UNIQUE,
    channel     TEXT NOT NULL CHECK (channel IN ('wechat', 'alipay')),
    amount      BIGINT NOT NULL CHECK (amount > 0),
    currency    TEXT NOT NULL,
    title       TEXT NOT NULL,
    return_url  TEXT NOT NULL,
    notify_url  TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    status      TEXT NOT NULL CHECK (status IN ('pending', 'paid', 'closed')),
    trade_no    TEXT UNIQUE,
    paid_amount BIGINT CHECK (paid_amount > 0),
    paid_at     BIGINT,
    CHECK ((status = 'paid') = (trade_no IS NOT NULL AND paid_amount IS NOT NULL AND paid_at IS NOT NULL))
);
CREATE INDEX IF NOT EXISTS payments_open ON payments (expires_at) WHERE status = 'pending';

CREATE TABLE IF NOT EXISTS refunds (
    refund_no         TEXT PRIMARY KEY,
    payment_no        TEXT NOT NULL REFERENCES payments (payment_no),
    gateway_refund_no TEXT NOT NULL UNIQUE,
    amount            BIGINT NOT NULL CHECK (amount > 0),
    total             BIGINT NOT NULL,
    currency          TEXT NOT NULL,
    reason            TEXT NOT NULL,
    notify_url        TEXT NOT NULL,
    status            TEXT NOT NULL CHECK (status IN ('processing', 'succeeded', 'abnormal', 'closed')),
    fail_with         TEXT CHECK (fail_with IN ('abnormal', 'closed')),
    created_at        BIGINT NOT NULL,
    at                BIGINT NOT NULL,
    payouts           BIGINT NOT NULL DEFAULT 0 CHECK (payouts IN (0, 1)),
    CHECK ((status = 'succeeded') = (payouts = 1))
);
CREATE INDEX IF NOT EXISTS refunds_of_payment ON refunds (payment_no);

CREATE TABLE IF NOT EXISTS notices (
    id           INTEGER PRIMARY KEY,
    number       TEXT NOT NULL,
    url          TEXT NOT NULL,
    body         TEXT NOT NULL,
    attempts     BIGINT NOT NULL DEFAULT 0,
    delivered_at BIGINT
);
CREATE INDEX IF NOT EXISTS notices_of_number ON notices (number);

-- Faults of earlier versions, which knew fewer operations, are not waited for any more.
DROP TABLE IF EXISTS faults;

CREATE TABLE IF NOT EXISTS planned_faults (
    id        INTEGER PRIMARY KEY,
    operation TEXT NOT NULL,
    fault     TEXT NOT NULL,
    remaining BIGINT NOT NULL CHECK (remaining >= 0)
);

CREATE TABLE IF NOT EXISTS journal (
    id        INTEGER PRIMARY KEY,
    operation TEXT NOT NULL,
    number    TEXT NOT NULL,
    outcome   TEXT NOT NULL,
    at        BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS journal_of_number ON journal (number, operation);

CREATE TABLE IF NOT EXISTS wechat_trades (
    payment_no TEXT PRIMARY KEY REFERENCES payments (payment_no),
    trade_type TEXT NOT NULL CHECK (trade_type IN ('JSAPI', 'MWEB', 'NATIVE'))
);

-- Who pays an order that was opened for a page inside WeChat.
CREATE TABLE IF NOT EXISTS wechat_payers (
    payment_no TEXT PRIMARY KEY REFERENCES payments (payment_no),
    openid     TEXT NOT NULL
);

-- A person is a browser; each account knows them by a name of its own.
CREATE TABLE IF NOT EXISTS wechat_people (
    person TEXT NOT NULL,
    appid  TEXT NOT NULL,
    openid TEXT NOT NULL UNIQUE,
    PRIMARY KEY (person, appid)
);

CREATE TABLE IF NOT EXISTS wechat_codes (
    code    TEXT PRIMARY KEY,
    openid  TEXT NOT NULL REFERENCES wechat_people (openid),
    made_at BIGINT NOT NULL,
    used_at BIGINT
);
