using System.Runtime.CompilerServices;
using System.Text.Json;
using Trigger.Jobs;
using Trigger.Sessions;
using Trigger.Storage;

namespace Trigger.Node;

/// <summary>Plays what is written about a run to whoever follows it, on whichever node.</summary>
internal sealed class RunTape(Database database, TimeProvider time)
{
    private const int AtOnce = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <param name="Seq">Its place in the run's stream; a follower goes on behind it.</param>
    /// <param name="Kind">A stable word, such as <c>step-ended</c>.</param>
    /// <param name="Data">Told as JSON.</param>
    internal sealed record Item(long Seq, string Kind, object Data);

    internal sealed record AcceptedData(string Run, string By, string Selection, IReadOnlyList<string> Commands, DateTimeOffset At)
    {
        /// <summary>Of a run that changes configurations: how (<see cref="ChangePlanJson"/>).</summary>
        public JsonElement? Change { get; init; }
    }

    internal sealed record ChosenData(int Devices, int Steps);

    internal sealed record StepData(
        string Device, string Platform, int Step, string Command, string Verdict, string? FaultKind, string? FaultText, long ElapsedUs, bool DeviceEnded, string? Output)
    {
        public StepNotes? Notes { get; init; }

        /// <summary>Which part of a change it belongs to; null in other runs.</summary>
        public string? Part { get; init; }
    }

    /// <param name="Is">What it was left with, as <see cref="ChangeEnding.Word"/> has it.</param>
    internal sealed record ChangedData(string Device, string Platform, string Is, string Text, ChangeEnding Ending);

    internal sealed record StartedData(string Device, int Step, string Command);

    internal sealed record NoteData(string Text, string Standing);

    internal sealed record FinishedData(int Accepted, int Refused, int Unknown, string? StoppedBecause);

    /// <summary>Everything behind an event, in order, and then what is written from now on; null items are heartbeats. Ends with the run.</summary>
    public async IAsyncEnumerable<Item?> Follow(RunId run, long after, bool output, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (state, at, quiet) = (RunState.Empty, 0L, TimeSpan.Zero);
        while (true)
        {
            var events = new List<(long Seq, string Kind, RunEvent Event)>();
            await new RunStore(database).Replay(Commando.StreamOf(run), at + 1, AtOnce, (seq, kind, body) => events.Add((seq, kind, RunEventJson.Read(body)))).WaitAsync(cancel).ConfigureAwait(false);
            foreach (var (seq, kind, happened) in events)
            {
                (state, at) = (RunRules.Apply(state, happened), seq);
                if (seq > after)
                    yield return Tell(run, seq, kind, happened, state, output);
                if (happened is RunEvent.Finished)
                    yield break;
            }

            if (events.Count > 0)
            {
                quiet = TimeSpan.Zero;
                continue;
            }

            await Task.Delay(Pause, time, cancel).ConfigureAwait(false);
            quiet += Pause;
            if (quiet < Heartbeat)
                continue;

            quiet = TimeSpan.Zero;
            yield return null;
        }
    }

    private Item Tell(RunId run, long seq, string kind, RunEvent happened, RunState state, bool output) => new(seq, kind, happened switch
    {
        RunEvent.Accepted e => new AcceptedData(run.Value, e.Spec.By, e.Spec.Selection, e.Spec.AllCommands, e.Spec.At) { Change = e.Spec.Change is { } plan ? ChangePlanJson.Write(plan) : null },
        RunEvent.DevicesChosen e => new ChosenData(e.Devices.Count, state.TotalSteps),
        RunEvent.StepStarted e => new StartedData(state.Devices[e.Device].Name, e.Step, state.CommandOf(e.Device, e.Step)),
        RunEvent.StepEnded e => Tell(run, e, state, output),
        RunEvent.DeviceChanged e => new ChangedData(state.Devices[e.Device].Name, state.Devices[e.Device].Platform, e.Ending.Word, e.Ending.ToString(), e.Ending),
        RunEvent.Finished => new FinishedData(state.Accepted, state.Refused, state.Unknown, state.StoppedBecause),
        _ => new NoteData(RunNote.Of(happened, state) ?? kind, RunCourse.Standing(state).ToString()),
    });

    private StepData Tell(RunId run, RunEvent.StepEnded e, RunState state, bool output)
    {
        var device = state.Devices[e.Device];
        return new StepData(
            device.Name, device.Platform, e.Step, state.CommandOf(e.Device, e.Step), e.Outcome.Verdict.ToString().ToLowerInvariant(), e.Outcome.FaultKind, e.Outcome.FaultText,
            e.Outcome.ElapsedMicroseconds, state.Spec!.Change is null && state[e.Device].Next == state.StepsOf(e.Device), output ? new RunStore(database).Output(run.Value, device.Name, e.Step) : null) { Notes = e.Outcome.Notes, Part = state.PartOf(e.Device, e.Step)?.ToString().ToLowerInvariant() };
    }
}
