using System.Diagnostics;

namespace Trigger.Scenarios.Rig;

/// <summary>A terminal with a program in it: tmux shows what a person would see, and types what a person would type.</summary>
public sealed class Screen : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly string server = $"trigger-{Guid.NewGuid():N}";

    private Screen()
    {
    }

    /// <summary>Starts the product in a terminal of this size.</summary>
    public static Task<Screen> Open(Desk desk, int columns, int rows, params string[] arguments) => Open(desk, columns, rows, false, arguments);

    /// <summary>Starts somebody else's program.</summary>
    public static Task<Screen> OpenOther(Desk desk, int columns, int rows, params string[] command) => Open(desk, columns, rows, true, command);

    private static async Task<Screen> Open(Desk desk, int columns, int rows, bool other, string[] command)
    {
        var screen = new Screen();

        // What has ended stays to be looked at.
        var manners = desk.Write("tmux.conf", "set -g remain-on-exit on\n");
        string[] tmux = ["tmux", "-L", screen.server, "-f", manners, "new-session", "-d", "-x", $"{columns}", "-y", $"{rows}"];
        var started = other ? desk.Start(command[1..], inside: [.. tmux, command[0]], executable: false) : desk.Start(command, inside: tmux);
        (await started.End()).Exits(0);
        return screen;
    }

    /// <summary>Types text, and keys by tmux's names: Enter, C-x.</summary>
    public Task Type(params string[] keys) => Tmux(["send-keys", .. keys]);

    public Task Resize(int columns, int rows) => Tmux("resize-window", "-x", $"{columns}", "-y", $"{rows}");

    /// <summary>Waits until the text is there, and returns the whole screen.</summary>
    public async Task<string> See(string text)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var shown = await Tmux("capture-pane", "-p");
            if (shown.Contains(text, StringComparison.Ordinal))
                return shown;

            Assert.True(waited.Elapsed < Patience, $"'{text}' did not appear within {Patience.TotalSeconds} s:\n{shown}");
        }
    }

    public async ValueTask DisposeAsync() => await Tmux("kill-server");

    private Task<string> Tmux(params string[] command) => Tool.Run("tmux", ["-L", server, .. command]);
}
