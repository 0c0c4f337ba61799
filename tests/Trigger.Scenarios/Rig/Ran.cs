namespace Trigger.Scenarios.Rig;

/// <summary>How an execution of <c>trigger</c> ended.</summary>
public sealed record Ran(int ExitCode, string Out, string Error)
{
    public IReadOnlyList<string> Lines { get; } = Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<Outcome> Outcomes => [.. Lines.Select(Outcome.Parse)];

    public Outcome Only
    {
        get
        {
            Assert.True(Lines.Count == 1, $"Expected one outcome. {this}");
            return Outcomes[0];
        }
    }

    public Ran Exits(int code)
    {
        Assert.True(ExitCode == code, $"Expected exit code {code}. {this}");
        return this;
    }

    public override string ToString() => $"It exited with {ExitCode}.\n--- standard output:\n{Out}\n--- standard error:\n{Error}";
}
