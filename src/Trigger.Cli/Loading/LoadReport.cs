using System.Text.Json;
using Trigger.Jobs;
using Trigger.Node.Acls;
using Trigger.Notify;

namespace Trigger.Cli.Loading;

/// <summary>Says what became of each device, and gathers what listeners are told at the end.</summary>
internal sealed class LoadReport(bool quiet, bool json)
{
    private readonly List<(string Device, string Why)> look = [];
    private readonly List<string> runs = [];
    private int loaded;
    private int failed;
    private int doubtful;

    public int Code => ExitCode.Of(failed, doubtful);

    public void Began(RunId run) => runs.Add(run.Value);

    /// <summary>What cannot be loaded at all.</summary>
    public void Refused(string device, string why)
    {
        failed++;
        look.Add((device, why));
        Console.Error.WriteLine($"LOAD REFUSED ON {device}: {why}");
    }

    /// <summary>A sentence for people.</summary>
    public void Say(string text)
    {
        if (!quiet)
            Console.Error.WriteLine(text);
    }

    public void Ended(string run, string device, IReadOnlyList<string> acls, AclLoadResult result, string? why)
    {
        _ = result switch { AclLoadResult.Loaded => loaded += acls.Count, AclLoadResult.InDoubt => doubtful += acls.Count, _ => failed += acls.Count };
        if (result != AclLoadResult.Loaded)
        {
            look.Add((device, $"{string.Join(", ", acls)}: {why}"));
            Console.Error.WriteLine($"LOAD {(result == AclLoadResult.InDoubt ? "IN DOUBT" : "FAILED")} ON {device}: {why}");
        }
        else if (!quiet && !json)
        {
            Console.WriteLine($"done for {device}: {string.Join(", ", acls)}");
        }

        foreach (var acl in json ? acls : [])
            Console.WriteLine(Line(run, device, acl, result, why));
    }

    public Notification Notification(int devices, string selection) => new(
        doubtful > 0 ? NotificationKind.InDoubt : failed > 0 ? NotificationKind.Failed : NotificationKind.Finished,
        runs.Count == 0 ? "load_acl" : string.Join(", ", runs), Environment.UserName, selection, devices, loaded, failed, doubtful, look, TimeProvider.System.GetUtcNow());

    public string Summary => $"{loaded} loaded, {failed} failed, {doubtful} in doubt";

    private static string Line(string run, string device, string acl, AclLoadResult result, string? why)
    {
        using var buffer = new MemoryStream();
        using (var to = new Utf8JsonWriter(buffer))
        {
            to.WriteStartObject();
            to.WriteString("run", run);
            to.WriteString("device", device);
            to.WriteString("acl", acl);
            to.WriteString("result", result switch { AclLoadResult.Loaded => "loaded", AclLoadResult.InDoubt => "in doubt", _ => "failed" });
            if (why is not null)
                to.WriteString("why", why);
            to.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
