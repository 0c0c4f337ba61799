using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Wire.Netconf.Model;
using Trigger.Wire.Netconf.Operations;

namespace Trigger.Cli.Netconf;

/// <summary>What changes datastores: edit-config, copy-config, delete-config; and rpc, which may.</summary>
internal static class ChangingVerbs
{
    public static void AddTo(Command netconf, NetconfDesk desk)
    {
        netconf.Add(EditConfig(desk));
        netconf.Add(CopyConfig(desk));
        netconf.Add(DeleteConfig(desk));
        netconf.Add(Rpc(desk));
    }

    private static Command EditConfig(NetconfDesk desk)
    {
        var config = new Argument<string?>("config") { Description = "A file, - for standard input, or XML: a config element or what stands in it.", Arity = ArgumentArity.ZeroOrOne, HelpName = "CONFIG" };
        var url = NetconfInput.Text("--url", "A configuration that the device fetches itself.", "URL");
        var target = NetconfInput.Text("--target", "Default: candidate where the device has one, else running.", "DATASTORE");
        var operation = NetconfInput.Text("--default-operation", "merge, replace or none.", "OPERATION");
        var test = NetconfInput.Text("--test-option", "test-then-set, set or test-only.", "OPTION");
        var error = NetconfInput.Text("--error-option", "stop-on-error, continue-on-error or rollback-on-error.", "OPTION");
        return desk.Verb(
            "edit-config", "Changes a datastore.", "trigger netconf core1 edit-config change.xml\ntrigger netconf core1 edit-config --target running --error-option rollback-on-error < change.xml",
            [config, url, target, operation, test, error], (line, mistakes) =>
            {
                var options = new EditOptions
                {
                    DefaultOperation = NetconfInput.Word<DefaultOperation>("--default-operation", line.GetValue(operation), mistakes),
                    Test = NetconfInput.Word<TestOption>("--test-option", line.GetValue(test), mistakes),
                    Error = NetconfInput.Word<ErrorOption>("--error-option", line.GetValue(error), mistakes),
                };
                var source = line.GetValue(url) is { } address ? new ConfigurationSource.Url(address)
                    : NetconfInput.Read(NetconfInput.Xml("configuration", line.GetValue(config), mistakes), line.GetValue(config), ConfigurationSource.FromXml, mistakes);
                return async (session, answer, cancel) =>
                {
                    var into = line.GetValue(target) ?? (session.ServerCapabilities.Has(":candidate") ? "candidate" : "running");
                    answer.Print(await session.EditConfigAsync(ConfigurationSource.Named(into), source!, options, cancel).ConfigureAwait(false));
                };
            });
    }

    private static Command CopyConfig(NetconfDesk desk)
    {
        var source = new Argument<string>("source") { Description = "A datastore, a URL, or a file of ours as ./FILE.", HelpName = "SOURCE" };
        var target = new Argument<string>("target") { Description = "A datastore or a URL.", HelpName = "TARGET" };
        return desk.Verb(
            "copy-config", "Replaces the whole of TARGET by SOURCE.", "trigger netconf core1 copy-config running startup\ntrigger netconf core1 copy-config ./whole.xml candidate", [source, target], (line, mistakes) =>
            {
                var from = Source(line.GetValue(source)!, mistakes);
                return async (session, answer, cancel) =>
                    answer.Print(await session.CopyConfigAsync(from!, ConfigurationSource.Named(line.GetValue(target)!), cancel: cancel).ConfigureAwait(false));
            });
    }

    private static Command DeleteConfig(NetconfDesk desk)
    {
        var target = new Argument<string>("target") { Description = "A datastore, but not running; or a URL.", HelpName = "TARGET" };
        return desk.Verb(
            "delete-config", "Deletes a datastore, or the file at a URL.", "trigger netconf core1 delete-config startup", [target],
            (line, _) => async (session, answer, cancel) => answer.Print(await session.DeleteConfigAsync(ConfigurationSource.Named(line.GetValue(target)!), cancel).ConfigureAwait(false)));
    }

    private static Command Rpc(NetconfDesk desk)
    {
        var operation = new Argument<string?>("operation") { Description = "A file, - for standard input, or XML: an operation, with or without the rpc around it.", Arity = ArgumentArity.ZeroOrOne, HelpName = "OPERATION" };
        return desk.Verb(
            "rpc", "Sends any operation, the vendor's own too.", "trigger netconf mx1 rpc '<get-software-information/>'\ntrigger netconf core1 rpc < operation.xml", [operation], (line, mistakes) =>
            {
                var request = NetconfInput.Read(NetconfInput.Xml("operation", line.GetValue(operation), mistakes), line.GetValue(operation), Wire.Netconf.RpcRequest.FromXml, mistakes);
                return async (session, answer, cancel) => answer.Print(await session.CallAsync(request!, cancel).ConfigureAwait(false));
            });
    }

    internal static ConfigurationSource? Source(string word, Mistakes mistakes) =>
        word.Contains('/', StringComparison.Ordinal) && !word.Contains(':', StringComparison.Ordinal) || word == "-"
            ? NetconfInput.Read(NetconfInput.Xml("configuration", word, mistakes), word, ConfigurationSource.FromXml, mistakes)
            : ConfigurationSource.Named(word);
}
