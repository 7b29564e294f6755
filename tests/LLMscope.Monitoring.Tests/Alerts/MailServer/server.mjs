// A mail server for tests. It says its port, then each message that it took, one line of JSON each. Arguments: what it refuses, as JSON.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const { SMTPServer } = createRequire(process.argv[2] + "/")("smtp-server");
const rules = JSON.parse(process.argv[3]);
const refusal = (code, text) => Object.assign(new Error(text), { responseCode: code });
const say = (line) => process.stdout.write(JSON.stringify(line) + "\n");

const server = new SMTPServer({
  authOptional: !rules.user,
  authMethods: ["LOGIN"],
  disabledCommands: rules.startTls ? [] : ["STARTTLS", "AUTH"],
  disableReverseLookup: true,
  onAuth: (auth, session, done) =>
    auth.username === rules.user && auth.password === rules.password ? done(null, { user: auth.username }) : done(refusal(535, "5.7.8 wrong user or password")),
  onRcptTo: (address, session, done) => {
    const code = rules.recipients?.[address.address];
    done(code ? refusal(code, `no ${address.address} here`) : undefined);
  },
  onData: (stream, session, done) => {
    const parts = [];
    stream.on("data", (part) => parts.push(part));
    stream.on("end", () => {
      if (rules.data) return done(refusal(rules.data, "not now"));
      say({
        from: session.envelope.mailFrom.address,
        to: session.envelope.rcptTo.map((recipient) => recipient.address),
        user: session.user ?? null,
        secure: session.secure,
        raw: Buffer.concat(parts).toString("utf8"),
      });
      done();
    });
  },
});
server.on("error", () => {});
server.listen(0, "127.0.0.1", () => say({ port: server.server.address().port }));

// It ends with the test that started it.
createInterface({ input: process.stdin }).on("close", () => process.exit());
