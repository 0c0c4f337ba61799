using System.CommandLine;

namespace Trigger.Cli.Netconf;

/// <summary><c>trigger netconf DEVICE …</c>: one operation of NETCONF on one device.</summary>
internal static class NetconfVerb
{
    public static Command Create(Dictionary<Command, string> examples)
    {
        var target = new NetconfTarget();
        var desk = new NetconfDesk(target, examples);
        var netconf = new Command("netconf", "Speaks NETCONF with a device. Exit code: 0 done, 1 refused or unreachable, 2 bad input.");
        target.AddTo(netconf);
        ReadingVerbs.AddTo(netconf, desk);
        ChangingVerbs.AddTo(netconf, desk);
        CommitVerbs.AddTo(netconf, desk);
        SessionVerbs.AddTo(netconf, desk);
        examples.Add(netconf, """
            trigger netconf core1 hello
            trigger netconf core1 get-config running --diff candidate
            trigger netconf core1 edit-config change.xml --target candidate && trigger netconf core1 commit
            trigger netconf 127.0.0.1:22830 get --user admin --accept-new --json | jq .data
            """);
        return netconf;
    }
}
