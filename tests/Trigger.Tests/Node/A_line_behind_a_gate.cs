using System.Text;
using Trigger.Node.Clustering;
using Trigger.Wire;

namespace Trigger.Tests.Node;

public sealed class A_line_behind_a_gate
{
    private readonly Written line = new();
    private bool open = true;

    [Fact]
    public void passes_on_what_is_written_while_the_node_may_talk_to_the_device()
    {
        var gated = new GatedLine(line, () => open);
        gated.Write("show clock\n"u8);
        gated.Pause();
        gated.Resume();
        gated.EndInput();
        gated.Resize(80, 24);
        gated.Close();

        Assert.Equal(["write show clock\n", "pause", "resume", "end", "resize 80x24", "close"], line.Heard);
    }

    [Fact]
    public void is_reset_instead_of_written_to_when_it_may_no_more()
    {
        var gated = new GatedLine(line, () => open);
        gated.Write("configure terminal\n"u8);
        open = false;
        gated.Write("no router bgp 1\n"u8);
        using (var who = new LineCredentials { UserName = "alice" })
            gated.Authenticate(who);

        Assert.Equal(["write configure terminal\n", "abort", "abort"], line.Heard);
    }

    private sealed class Written : ILine
    {
        public List<string> Heard { get; } = [];

        public void Write(ReadOnlySpan<byte> bytes) => Heard.Add($"write {Encoding.ASCII.GetString(bytes)}");

        public void Authenticate(LineCredentials credentials) => Heard.Add("authenticate");

        public void Pause() => Heard.Add("pause");

        public void Resume() => Heard.Add("resume");

        public void EndInput() => Heard.Add("end");

        public void Resize(int columns, int rows) => Heard.Add($"resize {columns}x{rows}");

        public void Close() => Heard.Add("close");

        public void Abort() => Heard.Add("abort");
    }
}
