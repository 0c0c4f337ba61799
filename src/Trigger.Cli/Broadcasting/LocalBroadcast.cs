using Trigger.Jobs;
using Trigger.Node;
using Trigger.Node.Broadcasts;
using Trigger.Sessions;

namespace Trigger.Cli.Broadcasting;

/// <summary>Lines to devices that this machine talks to itself.</summary>
/// <param name="denied">Why lines must not be sent; none when they may.</param>
internal sealed class LocalBroadcast(TriggerNode node, Broadcast broadcast, string selection, Func<IReadOnlyList<RunLine>, IReadOnlyList<string>> denied) : IBroadcastCall
{
    public int Devices => broadcast.Devices.Count;

    public async Task<BroadcastReply> Say(string line, bool changes, CancellationToken cancel)
    {
        if (denied([.. RunLine.Of(SessionLanguage.CommandLine, [line], broadcast.Devices)]) is { Count: > 0 } mistakes)
            return new BroadcastReply([], 0, mistakes);
        if (!changes && broadcast.Changes(line) is > 0 and var changed)
            return new BroadcastReply([], changed, []);

        await node.Note(line, selection, Devices);
        var answers = new List<BroadcastAnswer>();
        await foreach (var answer in broadcast.Say(line, cancel))
            answers.Add(answer);
        return new BroadcastReply(answers, 0, []);
    }

    public async ValueTask DisposeAsync()
    {
        await broadcast.DisposeAsync();
        await node.DisposeAsync();
    }
}
