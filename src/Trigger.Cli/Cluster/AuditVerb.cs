using System.CommandLine;
using System.Text.Json;
using Trigger.Cli.Input;
using Trigger.Node.Security;

namespace Trigger.Cli.Cluster;

/// <summary><c>trigger audit</c>: who asked a cluster for what, and whether somebody has changed the record of it.</summary>
internal static class AuditVerb
{
    public static Command Create(Dictionary<Command, string> examples)
    {
        var store = StoreOption.Create();
        var count = new Option<int>("-n") { Description = "How many lines.", HelpName = "COUNT", DefaultValueFactory = _ => 50 };
        var json = new Option<bool>("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line." };
        var audit = new Command("audit", "Who asked the cluster for what, from where and when; the newest last.") { store, count, json, Verify(store) };
        audit.SetAction(line =>
        {
            using var administration = Administration.Open(line.GetValue(store)!.Address);
            foreach (var entry in administration.Audit.Newest(Math.Clamp(line.GetValue(count), 1, 1_000_000)).Reverse())
            {
                Console.WriteLine(line.GetValue(json)
                    ? JsonSerializer.Serialize(entry, JsonSerializerOptions.Web)
                    : $"{entry.Seq,6}  {entry.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z  {entry.Who}@{entry.Origin}  {entry.What} {entry.Target}  {entry.Detail}");
            }

            return ExitCode.AllWell;
        });
        examples.Add(audit, "trigger audit -n 20\ntrigger audit verify");
        return audit;
    }

    private static Command Verify(Option<StatePlace> store)
    {
        var head = new Option<string?>("--head") { Description = "The hash that an earlier verify printed and that was kept elsewhere.", HelpName = "HASH" };
        var verify = new Command("verify", "Checks every link of the trail. Exit code 1 when a line was changed, left out or put in.") { store, head };
        verify.SetAction(line =>
        {
            using var administration = Administration.Open(line.GetValue(store)!.Address);
            var (lines, wrong) = administration.Audit.Verify();
            if (wrong is null && line.GetValue(head) is { } kept && !administration.Audit.Has(kept))
                wrong = $"No line has the hash {kept}: the trail is another one.";
            if (wrong is not null)
            {
                Console.Error.WriteLine($"trigger: {wrong}");
                return ExitCode.SomeFailed;
            }

            Console.WriteLine($"{lines} lines, every one as it was written. Keep this elsewhere: {administration.Audit.Head().Hash}");
            return ExitCode.AllWell;
        });
        return verify;
    }
}
