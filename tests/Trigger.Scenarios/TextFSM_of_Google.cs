using System.Diagnostics;
using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>google/textfsm, which defined the language, beside ours.</summary>
public sealed class TextFSM_of_Google
{
    [Fact]
    public async Task makes_the_same_tables_and_refuses_the_same_templates_and_texts()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var folder = Directory.CreateTempSubdirectory("trigger-textfsm-");
        try
        {
            using var peer = new Running(new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "textfsm_peer.py"), Rig.Desk.Executable, folder.FullName, $"{seed}", "12"]), null);
            var last = "";
            while (await peer.Line() is { } line)
                last = line;
            (await peer.End()).Exits(0);
            Assert.StartsWith("done 12 templates", last, StringComparison.Ordinal);
            Assert.EndsWith(" 0 different", last, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
