using Trigger.Sessions.Netconf;

namespace Trigger.Tests.Sessions;

public sealed class A_NETCONF_step
{
    private const string Base = "xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\"";

    [Theory]
    [InlineData("get", $"<get {Base} />")]
    [InlineData("get <a xmlns='x'/>", $"<get {Base}><filter type=\"subtree\"><a xmlns=\"x\" /></filter></get>")]
    [InlineData("get-config running", $"<get-config {Base}><source><running /></source></get-config>")]
    [InlineData("get-config  candidate <filter><a xmlns='x'/></filter>", $"<get-config {Base}><source><candidate /></source><filter type=\"subtree\"><a xmlns=\"x\" /></filter></get-config>")]
    [InlineData("get-schema ietf-system", "<get-schema xmlns=\"urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring\"><identifier>ietf-system</identifier></get-schema>")]
    [InlineData("edit-config candidate <config><a xmlns='x'/></config>", $"<edit-config {Base}><target><candidate /></target><config><a xmlns=\"x\" /></config></edit-config>")]
    [InlineData("edit-config running <a xmlns='x'/>", $"<edit-config {Base}><target><running /></target><config><a xmlns=\"x\" /></config></edit-config>")]
    [InlineData("copy-config running startup", $"<copy-config {Base}><target><startup /></target><source><running /></source></copy-config>")]
    [InlineData("copy-config running ftp://h/f", $"<copy-config {Base}><target><url>ftp://h/f</url></target><source><running /></source></copy-config>")]
    [InlineData("delete-config startup", $"<delete-config {Base}><target><startup /></target></delete-config>")]
    [InlineData("lock candidate", $"<lock {Base}><target><candidate /></target></lock>")]
    [InlineData("unlock candidate", $"<unlock {Base}><target><candidate /></target></unlock>")]
    [InlineData(" validate candidate ", $"<validate {Base}><source><candidate /></source></validate>")]
    [InlineData("commit", $"<commit {Base} />")]
    [InlineData("discard-changes", $"<discard-changes {Base} />")]
    [InlineData("<reboot xmlns='urn:v'/>", "<reboot xmlns=\"urn:v\" />")]
    [InlineData("<rpc message-id='1'><reboot xmlns='urn:v'/></rpc>", "<reboot xmlns=\"urn:v\" />")]
    public void has_a_short_form(string text, string xml) => Assert.Equal(xml, NetconfStep.Parse(text).Operation.ToString(System.Xml.Linq.SaveOptions.DisableFormatting).Replace('\'', '"'));

    [Theory]
    [InlineData("", "Expected an operation")]
    [InlineData("show version", "Expected an operation")]
    [InlineData("lock", "Expected lock DATASTORE")]
    [InlineData("lock candidate now", "Expected lock DATASTORE")]
    [InlineData("get-config", "Expected get-config DATASTORE")]
    [InlineData("get-config <a/>", "Expected get-config DATASTORE")]
    [InlineData("edit-config candidate", "Expected edit-config DATASTORE CONFIG")]
    [InlineData("copy-config running", "Expected copy-config FROM TO")]
    [InlineData("commit now", "Expected commit, and nothing behind it")]
    [InlineData("<config/>", "write edit-config DATASTORE")]
    [InlineData("<get/><get/>", "one element")]
    [InlineData("<get", "")]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'b'>]><get>&a;</get>", "DTD")]
    [InlineData("edit-config candidate <a>", "")]
    [InlineData("lock 1+1", "")]
    [InlineData("get-config url://\0", "invalid character")]
    public void that_is_none_is_refused_with_what_would_be_right(string text, string problem) =>
        Assert.Contains(problem, Assert.Throws<FormatException>(() => NetconfStep.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("get", true)]
    [InlineData("get-config running", true)]
    [InlineData("<get-data xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-nmda'/>", true)]
    [InlineData("lock candidate", true)]
    [InlineData("validate candidate", true)]
    [InlineData("edit-config candidate <a xmlns='x'/>", false)]
    [InlineData("commit", false)]
    [InlineData("discard-changes", false)]
    [InlineData("<kill-session><session-id>4</session-id></kill-session>", false)]
    [InlineData("<get-and-clear xmlns='urn:v'/>", false)]
    [InlineData("nonsense", false)]
    public void that_is_not_known_to_be_harmless_may_not_be_repeated(string text, bool repeatable) => Assert.Equal(repeatable, NetconfStep.Reads(text));

    [Fact]
    public void survives_any_text()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        string[] words = ["get", "get-config", "edit-config", "lock", "running", "<", ">", "</a>", "<a>", "<a/>", "&", "]]>", "<![CDATA[", "\0", "é", "url://", " ", "\n", "'", "\"", "<!--"];
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => words[random.Next(words.Length)] + (random.Next(2) == 0 ? " " : "")));
            try
            {
                NetconfStep.Parse(text);
            }
            catch (FormatException)
            {
            }
            catch (Exception surprise)
            {
                Assert.Fail($"Seed {seed}, round {round}: {text}\n{surprise}");
            }
        }
    }
}
