using System.Text.Json;

namespace Trigger.Scenarios.Rig;

/// <summary>One line of <c>--json</c>.</summary>
public sealed record Outcome(string Run, string Device, string Platform, int Step, string Command, bool Ok, string Verdict, string Output, string? Kind, string Fault, double Milliseconds)
{
    public static Outcome Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var o = json.RootElement;
        var fault = o.GetProperty("fault");
        var told = fault.ValueKind == JsonValueKind.Object;
        var outcome = new Outcome(
            o.GetProperty("run").GetString()!,
            o.GetProperty("device").GetString()!,
            o.GetProperty("platform").GetString()!,
            o.GetProperty("step").GetInt32(),
            o.GetProperty("command").GetString()!,
            o.GetProperty("ok").GetBoolean(),
            o.GetProperty("verdict").GetString()!,
            o.GetProperty("output").GetString()!,
            told ? fault.GetProperty("kind").GetString() : null,
            told ? fault.GetProperty("text").GetString()! : "",
            o.GetProperty("elapsed_ms").GetDouble());

        // These two say the same thing twice, for programs that ask only one of them.
        Assert.Equal(outcome.Ok, outcome.Verdict == "accepted");
        Assert.Equal(outcome.Ok, !told);
        Assert.True(outcome.Milliseconds >= 0);
        return outcome;
    }

    public Outcome Is(string kind, string verdict = "refused")
    {
        Assert.True(Kind == kind && Verdict == verdict, $"Expected {verdict}, {kind}; got {this}");
        return this;
    }

    public Outcome IsAccepted()
    {
        Assert.True(Ok, $"Expected to be accepted; got {this}");
        return this;
    }

    public Outcome Says(params string[] words)
    {
        foreach (var word in words)
            Assert.Contains(word, Fault);
        return this;
    }
}
