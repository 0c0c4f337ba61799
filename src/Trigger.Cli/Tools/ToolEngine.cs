using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Devices.Credentials;
using Trigger.Jobs;
using Trigger.Node;
using Trigger.Sessions.Recording;

namespace Trigger.Cli.Tools;

/// <summary>
/// Sends a tool's work through the same engine as every other run: on record before it is sent, never twice. A run sends all its devices the same, so work that differs is several runs.
/// </summary>
internal sealed class ToolEngine(EngineOptions engine)
{
    /// <param name="parallel">How many devices are talked to at a time, over all the work.</param>
    /// <param name="recorder">Writes the sessions down; null for no recording.</param>
    /// <param name="each">Told of each device when all its commands have an outcome, one call at a time.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> Send(ParseResult line, ToolRequest request, IReadOnlyList<ToolWork> work, int parallel, CredentialBook who, SshWays? ways, SessionRecorder? recorder, Action<ToolAnswer> each)
    {
        await using var node = engine.Start(line, request.Catalog, request.LoginLimit, ways, Console.Error.WriteLine, recorder);
        var total = work.Sum(part => part.Devices.Count);
        using var turns = new SemaphoreSlim(Math.Max(1, Math.Min(parallel, work.Count)));
        using var telling = new SemaphoreSlim(1);
        using var interrupts = new ToolInterrupts();
        var codes = await Task.WhenAll(work.Select(async part =>
        {
            await turns.WaitAsync();
            try
            {
                var share = Math.Max(1, parallel * part.Devices.Count / Math.Max(1, total));
                return interrupts.Asked ? ExitCode.SomeFailed : await Follow(node, interrupts, Spec(request, part, share, Math.Max(1, request.AuthFailures / work.Count)), part, who, telling, each);
            }
            finally
            {
                turns.Release();
            }
        }));
        return codes.Max();
    }

    private static RunSpec Spec(ToolRequest request, ToolWork part, int parallel, int authFailures) => new()
    {
        Id = RunId.New(TimeProvider.System),
        Language = part.Language,
        Commands = part.Commands,
        Selection = request.Selection,
        Inventory = request.Inventory,
        Parallel = parallel,
        Timeout = request.Timeout,
        AuthFailures = authFailures,
        At = TimeProvider.System.GetUtcNow(),
        By = Environment.UserName,
        ReadOnly = Configured.Settings.Flag("run.read-only"),
    };

    private static async Task<int> Follow(TriggerNode node, ToolInterrupts interrupts, RunSpec spec, ToolWork part, CredentialBook who, SemaphoreSlim telling, Action<ToolAnswer> each)
    {
        var run = node.Submit(spec, part.Devices, who);
        interrupts.Guard(run);
        var steps = new Dictionary<string, List<(string, StepOutcome)>>(StringComparer.Ordinal);
        await foreach (var news in run.News)
        {
            switch (news)
            {
                case RunNews.StepEnded ended:
                    if (!steps.TryGetValue(ended.Device.Name, out var told))
                        steps.Add(ended.Device.Name, told = []);
                    told.Add((ended.Command, ended.Outcome));
                    break;

                case RunNews.DeviceEnded ended when steps.Remove(ended.Device.Name, out var all):
                    await telling.WaitAsync();
                    each(new ToolAnswer(ended.Device.Name, all));
                    telling.Release();
                    break;

                case RunNews.Finished finished:
                    return ExitCode.Of(finished.Refused, finished.Unknown);

                case RunNews.Declined declined:
                    Console.Error.WriteLine($"trigger: {declined.Reason}");
                    return ExitCode.BadInput;

                case RunNews.Broke broke:
                    Console.Error.WriteLine($"trigger: {broke.Reason} When the cause is gone: trigger job resume {spec.Id}");
                    return ExitCode.InDoubt;
            }
        }

        Console.Error.WriteLine($"trigger: the run ended without a word. Look with: trigger job show {spec.Id}");
        return ExitCode.InDoubt;
    }
}
