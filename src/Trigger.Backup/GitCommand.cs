using System.ComponentModel;
using System.Diagnostics;

namespace Trigger.Backup;

/// <summary>git, asked in one folder. It never asks back: no terminal, no editor, no signing.</summary>
internal sealed class GitCommand(string folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>What it printed.</summary>
    /// <exception cref="BackupException">It is not installed, it failed, or it took longer than five minutes.</exception>
    public async Task<string> Run(params string[] arguments)
    {
        var (code, output, error) = await Try(arguments);
        return code == 0 ? output : throw new BackupException($"git {arguments[0]} in {folder} failed: {(error.Length > 0 ? error : output).Trim()}");
    }

    public async Task<(int Code, string Output, string Error)> Try(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", folder, "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false", "-c", "core.quotepath=false", .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_EDITOR"] = "true";
        start.Environment["LC_ALL"] = "C";
        using var patience = new CancellationTokenSource(Patience);
        using var git = Started(start);
        git.StandardInput.Close();
        try
        {
            var output = git.StandardOutput.ReadToEndAsync(patience.Token);
            var error = git.StandardError.ReadToEndAsync(patience.Token);
            await git.WaitForExitAsync(patience.Token);
            return (git.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            git.Kill(entireProcessTree: true);
            throw new BackupException($"git {arguments[0]} in {folder} did not end within {Patience.TotalMinutes} minutes.");
        }
    }

    private static Process Started(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new BackupException($"git cannot be run ({missing.Message}); install it: apt-get install git", missing);
        }
    }
}
