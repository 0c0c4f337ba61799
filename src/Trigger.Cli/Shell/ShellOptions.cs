using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Cli.Terminal;

namespace Trigger.Cli.Shell;

/// <summary>What every verb with a person at it has.</summary>
internal sealed class ShellOptions
{
    private readonly Option<string> escape;

    private readonly Option<string?> transcript = new("--transcript") { Description = "Append what the screen shows to FILE, of mode 0600.", HelpName = "FILE" };

    private readonly Option<string> linger = new("--linger")
    {
        Description = "When input comes from a pipe and has ended: how long the far end may be silent before it is hung up on.", HelpName = "TIME", DefaultValueFactory = _ => Configured.Settings.Text("connect.linger")!,
    };

    /// <param name="usualEscape">The escape key where none is named.</param>
    /// <param name="setting">The setting that names another, if there is one.</param>
    public ShellOptions(string usualEscape, string? setting = null) => escape = new Option<string>("--escape")
    {
        Description = "The key to leave by: ^X, ^], ~. at the beginning of a line, or none.", HelpName = "KEY", DefaultValueFactory = _ => (setting is null ? null : Configured.Settings.Text(setting)) ?? usualEscape,
    };

    public void AddTo(Command command)
    {
        command.Add(escape);
        command.Add(transcript);
        command.Add(linger);
    }

    /// <summary>Null when there are mistakes.</summary>
    public ShellManners? Read(ParseResult line, Mistakes mistakes)
    {
        var text = line.GetValue(escape)!;
        var key = EscapeKey.Parse(text);
        if (key is null)
            mistakes.Add($"--escape is '{text}'; it must be a key such as ^X or ^], a character and a dot such as ~., or none.");

        var patience = Numbers.Time("--linger", line.GetValue(linger), mistakes);
        if (key is null || patience is not { } silence)
            return null;

        try
        {
            return new ShellManners(key, line.GetValue(transcript) is { } path ? Transcript.Open(path) : null, silence);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"--transcript: {unwritable.Message}");
            return null;
        }
    }
}
