using Trigger.Devices;
using Trigger.Sessions;

namespace Trigger.Jobs.Plays;

/// <summary>Makes a run of a <see cref="Commando{TResult}"/>, and results of the run's news. Knows no engine.</summary>
public sealed class CommandoAnswers<TResult>
{
    private readonly Commando<TResult> work;
    private readonly Dictionary<string, Asked> asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TResult> results = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> errors = new(StringComparer.Ordinal);
    private readonly List<CommandSet> sets = [];

    public CommandoAnswers(Commando<TResult> work, IEnumerable<NetDevice> devices)
    {
        this.work = work;
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var device in devices)
            Take(device, known);
    }

    private sealed record Asked(NetDevice Device, IReadOnlyList<string?> Commands, int Set)
    {
        public Dictionary<int, string> Answers { get; } = [];

        public int Sent { get; } = Commands.Count(command => command is not null);

        public string? Error { get; set; }

        public bool Concluded { get; set; }
    }

    /// <summary>The devices that are sent anything.</summary>
    public IReadOnlyList<NetDevice> Devices => [.. asked.Values.Select(one => one.Device)];

    /// <summary>What the run is to do: <paramref name="like"/>, with the work's commands.</summary>
    public RunSpec Spec(RunSpec like) => like with { Commands = [], Details = null, Sets = sets };

    /// <summary>For <see cref="RunCommand.Submit.SetOf"/>.</summary>
    public int? SetOf(NetDevice device) => asked[device.Name].Set;

    public void Take(RunNews news)
    {
        if (news is not RunNews.StepEnded ended || !asked.TryGetValue(ended.Device.Name, out var one))
            return;

        if (ended.Outcome.Verdict == StepVerdict.Accepted || (work.WithErrors && ended.Outcome.FaultKind == DeviceErrorKind))
            one.Answers[ended.Step] = ended.Outcome.Output;
        else
            one.Error ??= $"'{Quoted.Command(ended.Command)}': {ended.Outcome.FaultText}";

        // At once and not at the end of the run: what an answer means may depend on when it came.
        if (one.Error is null && one.Answers.Count == one.Sent)
            Conclude(ended.Device.Name, one);
    }

    /// <summary>To be called when the run is over.</summary>
    public CommandoReport<TResult> Report(RunId run)
    {
        foreach (var (name, one) in asked.Where(one => !one.Value.Concluded))
            Conclude(name, one);
        return new CommandoReport<TResult>(run, results, errors);
    }

    private const string DeviceErrorKind = "device_error";

    private void Take(NetDevice device, Dictionary<string, int> known)
    {
        if (work.WhyNot(device) is { } why)
        {
            errors[device.Name] = why;
            return;
        }

        var commands = work.CommandsOf(device);
        var sent = commands.OfType<string>().ToArray();
        var key = string.Join('\n', sent);
        if (!known.TryGetValue(key, out var set))
        {
            known.Add(key, set = sets.Count);
            sets.Add(new CommandSet(sent));
        }

        asked[device.Name] = new Asked(device, commands, set);
    }

    private void Conclude(string name, Asked one)
    {
        one.Concluded = true;
        if (one.Error is not null || one.Answers.Count < one.Sent)
        {
            errors[name] = one.Error ?? "The run ended before it was asked.";
            return;
        }

        var next = 0;
        var answers = one.Commands.Select(command => command is null ? null : one.Answers[next++]).ToArray();
        try
        {
            results[name] = work.ResultOf(one.Device, answers);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // A hook is the user's own code, and one device's odd answer must not cost the others their results.
            errors[name] = $"The answers could not be read: {failure.Message}";
        }
    }
}
