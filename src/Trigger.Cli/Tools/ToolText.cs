namespace Trigger.Cli.Tools;

/// <summary>Something to be sent, and where it was written.</summary>
internal sealed record ToolText(string Place, string Text)
{
    public IEnumerable<string> Lines => Text.Split('\n').Select(line => line.TrimEnd('\r'));
}
