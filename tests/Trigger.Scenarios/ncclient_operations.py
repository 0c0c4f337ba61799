"""Python's ncclient against a server that it has never met: ncclient_operations.py PORT USER PASSWORD. Prints a line for each step; any surprise ends it with a traceback."""
import sys

from ncclient import manager
from ncclient.operations import RPCError
from ncclient.xml_ import to_ele

port, user, password = int(sys.argv[1]), sys.argv[2], sys.argv[3]
SYSTEM = "urn:ietf:params:xml:ns:yang:ietf-system"
CONFIG = '<config xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><system xmlns="%s"><hostname>%%s</hostname></system></config>' % SYSTEM


def connect():
    return manager.connect(host="127.0.0.1", port=port, username=user, password=password, hostkey_verify=False,
                           allow_agent=False, look_for_keys=False, timeout=20)


def refused(tag, operation):
    try:
        operation()
    except RPCError as error:
        assert error.tag == tag, (error.tag, error.message)
        print("refused", tag)
        return
    raise AssertionError("should have been refused: " + tag)


def hostname(reply):
    return reply.data_ele.find(".//{%s}hostname" % SYSTEM).text


one, two = connect(), connect()
assert ":candidate" in one.server_capabilities and one.session_id != two.session_id
was = hostname(one.get_config("running"))
with one.locked("candidate"):
    refused("lock-denied", lambda: two.lock("candidate"))
    one.edit_config(target="candidate", config=CONFIG % "core1", default_operation="merge", test_option="test-then-set", error_option="rollback-on-error")
    one.validate("candidate")
    one.commit()
assert hostname(two.get_config("running")) == "core1"
print("committed")
flt = '<system xmlns="%s"><hostname/></system>' % SYSTEM
assert "location" not in one.get_config("running", filter=("subtree", flt)).data_xml
assert "hostname" not in one.get_config("running", filter=("xpath", ({"s": SYSTEM}, "/s:system/s:location"))).data_xml
one.get_config("running", with_defaults="report-all")
print("filtered")
one.edit_config(target="candidate", config=CONFIG % "trial")
one.commit(confirmed=True, timeout="60", persist="token")
refused("invalid-value", lambda: two.commit(persist_id="wrong"))
two.cancel_commit(persist_id="token")
assert hostname(one.get_config("running")) == "core1"
print("cancelled")
one.edit_config(target="candidate", config=CONFIG % "thrown away")
one.discard_changes()
one.copy_config("running", "startup")
one.delete_config("startup")
refused("operation-not-supported", lambda: one.delete_config("running"))
two.create_subscription(stream_name="NETCONF")
one.edit_config(target="running", config=CONFIG % was)
assert "netconf-config-change" in two.take_notification(timeout=20).notification_xml
print("notified")
refused("unknown-namespace", lambda: one.dispatch(to_ele('<frobnicate xmlns="urn:x"/>')))
one.kill_session(two.session_id)
one.close_session()
print("done")
