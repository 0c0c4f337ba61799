using System.Text.Json;
using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>Looking through the answers of all runs.</summary>
public sealed class Everything_ever_answered(Lab lab)
{
    [Fact]
    public async Task is_searched_line_by_line_from_the_newest_run_back()
    {
        await using var desk = lab.Desk().Server();
        (await desk.Run("-c", "printf 'serial A1\\nnothing\\n'")).Exits(0);
        (await desk.Run("-c", "printf 'serial A1\\nnothing\\n'", "-c", "echo SERIAL b2")).Exits(0);

        var all = (await desk.Job("search", "serial [A-Z]\\d", "--json")).Exits(0);
        Assert.Equal(["serial A1", "serial A1"], all.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("line").GetString()));
        Assert.Equal(2, (await desk.Job("search", "serial", "--ignore-case", "--latest")).Exits(0).Lines.Count);
        Assert.EndsWith("unix  echo SERIAL b2: SERIAL b2", Assert.Single((await desk.Job("search", "SERIAL", "--command", "^echo", "--device", "u.*x")).Exits(0).Lines), StringComparison.Ordinal);
        Assert.Empty((await desk.Job("search", "serial", "--device", "nix")).Exits(1).Lines);
        Assert.Contains("2 mistakes", (await desk.Job("search", "(", "--command", "[")).Exits(2).Error, StringComparison.Ordinal);
    }
}
