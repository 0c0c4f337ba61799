using System.Diagnostics;
using System.Text;

namespace Trigger.Scenarios.Rig;

/// <summary>A process under way whose standard output is read line by line: the tests' signals that something has happened.</summary>
public sealed class Running : IDisposable
{
    // A safety net on a machine that does much else, and no expectation.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process process;
    private readonly StringBuilder read = new();
    private readonly Task<string> error;

    public Running(ProcessStartInfo start, string? input)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        process = Process.Start(start)!;
        error = process.StandardError.ReadToEndAsync();
        using (process.StandardInput)
            process.StandardInput.Write(input);
    }

    public int Id => process.Id;

    /// <summary>The next line of standard output; null at its end.</summary>
    public async Task<string?> Line()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await Next(patience.Token);
    }

    private async Task<string?> Next(CancellationToken patience)
    {
        var line = await process.StandardOutput.ReadLineAsync(patience);
        if (line is not null)
            read.Append(line).Append('\n');
        return line;
    }

    public async Task<Outcome> Outcome() => Rig.Outcome.Parse(await Line() ?? throw new InvalidOperationException($"No further outcome came. {await End()}"));

    public async Task<Ran> End()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (await Next(patience.Token) is not null)
                continue;
            await process.WaitForExitAsync(patience.Token);
            return new Ran(process.ExitCode, read.ToString(), await error.WaitAsync(patience.Token));
        }
        catch (OperationCanceledException)
        {
            Stop();
            throw new TimeoutException($"It did not end in {Patience.TotalSeconds} s. So far:\n{read}");
        }
    }

    /// <summary>SIGKILL: it has no chance to do anything more.</summary>
    public void Crash() => process.Kill();

    public async Task Signal(string name) => await Tool.Run("/bin/bash", "-c", $"kill -{name} {Id}");

    /// <summary>Ends it and what it has started, if it has not ended by itself.</summary>
    public void Stop()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }

    public void Dispose()
    {
        Stop();
        process.Dispose();
    }
}
