using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Wire.Netconf.Model;
using Trigger.Wire.Netconf.Operations;

namespace Trigger.Cli.Netconf;

/// <summary>Which part of the data is wanted, and whether defaults are.</summary>
internal sealed class PartOptions
{
    private readonly Option<string?> filter = NetconfInput.Text("--filter", "A subtree filter: XML, a file of it, or - for standard input.", "XML");
    private readonly Option<string?> xpath = NetconfInput.Text("--xpath", "An XPath filter; the device must offer :xpath.", "EXPRESSION");
    private readonly Option<string[]> namespaces = new("--ns") { Description = "A prefix of the expression.", HelpName = "PREFIX=URI" };
    private readonly Option<string?> defaults = NetconfInput.Text("--with-defaults", "report-all, report-all-tagged, trim or explicit.", "MODE");

    public IReadOnlyList<Symbol> All => [filter, xpath, namespaces, defaults];

    public (NetconfFilter? Filter, WithDefaults? Defaults) Read(ParseResult line, Mistakes mistakes) => (
        NetconfInput.Filter(line.GetValue(filter), line.GetValue(xpath), line.GetValue(namespaces) ?? [], mistakes),
        NetconfInput.Word<WithDefaults>("--with-defaults", line.GetValue(defaults), mistakes));
}
