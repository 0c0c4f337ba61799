using System.Text;
using Trigger.Lab.Ssh;
using Trigger.Wire;

namespace Trigger.Tests.Wire;

[Collection(Alone.Name)]
public sealed class A_crowd_of_SSH_lines
{
    [Fact]
    public async Task shares_two_threads_and_keeps_every_conversation_apart()
    {
        const int Crowd = 200;
        using var lab = new SshLab();
        var lines = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(_ => lab.LogIn()));
        await Task.WhenAll(lines.Select(line => line.Heard.Text("router#")));
        Assert.Equal(Crowd, lab.Connections);
        Assert.InRange(ReactorThreads(), 1, 2);

        for (var i = 0; i < Crowd; i++)
            lines[i].Line.Write(Encoding.ASCII.GetBytes($"I am {i}\n"));

        for (var i = 0; i < Crowd; i++)
            Assert.EndsWith($"[I am {i}] admin#", await lines[i].Heard.Text($"[I am {i}] admin#"), StringComparison.Ordinal);

        foreach (var (line, _) in lines)
            line.Close();

        foreach (var (_, heard) in lines)
            Assert.Null(await heard.Closed());
    }

    [Fact]
    public async Task spares_the_others_when_some_are_dropped()
    {
        const int Crowd = 60;
        using var lab = new SshLab();
        var lines = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(_ => lab.LogIn()));
        for (var i = 0; i < Crowd; i++)
            lines[i].Line.Write(i % 3 == 0 ? "die\n"u8 : "live\n"u8);

        for (var i = 0; i < Crowd; i++)
        {
            if (i % 3 == 0)
                Assert.IsType<WireFault.LineLost>(await lines[i].Heard.Closed());
            else
                await lines[i].Heard.Text("[live] admin#");
        }
    }

    [Fact]
    public async Task gives_every_descriptor_back_however_the_lines_end()
    {
        await EveryEnding(); // Once for what is opened for good: libraries, the system's random numbers.
        var before = Descriptors();
        await EveryEnding();
        Assert.Equal(before, Descriptors());
    }

    [Fact]
    public async Task is_told_of_the_end_when_the_transport_is_disposed()
    {
        using var lab = new SshLab();
        var (_, open) = await lab.LogIn();
        var (_, waiting) = lab.Call();
        await waiting.Authenticating();
        lab.Transport.Dispose();
        Assert.Null(await open.Closed());
        Assert.Null(await waiting.Closed());
    }

    private static async Task EveryEnding()
    {
        using (var lab = new SshLab())
        {
            using var closed = ScriptedPeer.ClosedPort(out var port);
            _ = await lab.FaultOf(lab.Dial with { Port = port });
            _ = await (await lab.LogIn(SshLab.ByPassword("wrong"))).Heard.Closed();
            foreach (var ending in (Action<ILine>[])[line => line.Close(), line => line.Abort(), line => line.Write("die\n"u8), line => line.Write("exit\n"u8)])
            {
                var (line, heard) = await lab.LogIn();
                ending(line);
                _ = await heard.Closed();
            }

            await (await lab.LogIn()).Heard.Opened(); // Left open for Dispose.
        }

        using (var lab = new SshLab(host => host with { Algorithms = LabSshHost.LegacyOnly }))
            _ = await lab.FaultOf();

        using (var lab = new SshLab(host => host with { Fault = LabSshFault.RefuseShell }))
            _ = await (await lab.LogIn()).Heard.Closed();
    }

    private static int Descriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    private static int ReactorThreads() =>
        Directory.GetDirectories("/proc/self/task").Count(task => File.ReadAllText(Path.Combine(task, "comm")).StartsWith("ssh-reactor", StringComparison.Ordinal));
}
