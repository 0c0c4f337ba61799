using System.CommandLine;
using Trigger.Cli.Completion;

namespace Trigger.Tests.Cli;

public sealed class Completion_of_a_line
{
    private static readonly string[] Names = ["core1", "core2:2222", "edge1"];

    private static readonly RootCommand Root = new()
    {
        new Command("run", "Runs commands. And more.")
        {
            new Option<string[]>("--on") { HelpName = "SELECTION" }, new Option<string?>("--out", "-o") { HelpName = "DIR", Description = "Where. It goes." },
            new Option<bool>("--json") { Arity = ArgumentArity.Zero }, new Argument<string[]>("command") { HelpName = "COMMAND" },
        },
        new Command("device") { new Command("show") { new Argument<string[]>("device") { HelpName = "DEVICE" }, new Option<string[]>("--devices") { HelpName = "NAME,…" } } },
        new Command("platform") { new Argument<string>("name") { HelpName = Completer.Platform }, Chosen() },
        new Command("secretly") { Hidden = true },
        new Option<string?>("--config") { HelpName = "FILE", Recursive = true },
    };

    [Theory]
    [InlineData("", "run\tRuns commands|device\t|platform\t")]
    [InlineData("platform|ci", "cisco_ios")]
    [InlineData("platform|--colour|", "green|red")]
    [InlineData("platform|--colour=g", "--colour=green")]
    [InlineData("de", "device\t")]
    [InlineData("device|", "show\t")]
    [InlineData("device|show|CORE", "core1|core2:2222")]
    [InlineData("device|show|core1|ed", "edge1")]
    [InlineData("run|--on|e", "edge1")]
    [InlineData("run|--on=co", "--on=core1|--on=core2:2222")]
    [InlineData("run|--o", "--on\t|--out\tWhere")]
    [InlineData("run|--c", "--config\t")]
    [InlineData("run|-o|", ":files")]
    [InlineData("run|--config|", ":files")]
    [InlineData("run|--json|co", "")]
    [InlineData("device|show|--|--on", "")]
    [InlineData("device|show|--devices|core1,ed", "core1,edge1")]
    [InlineData("nonsense|--what|", "run\tRuns commands|device\t|platform\t")]
    public void offers_what_may_stand_there(string words, string expected) =>
        Assert.Equal(expected, string.Join('|', Completer.Complete(Root, words.Split('|'), () => Names, kind => kind == Completer.Platform ? ["arista_eos", "cisco_ios"] : [])));

    private static Option<string> Chosen()
    {
        var colour = new Option<string>("--colour");
        colour.AcceptOnlyFromAmong("red", "green");
        return colour;
    }

    [Fact]
    public void does_not_read_the_inventory_for_what_needs_none() =>
        Assert.NotEmpty(Completer.Complete(Root, ["run", "--"], () => throw new InvalidOperationException("The inventory was read.")));

    [Fact]
    public void keeps_the_names_until_the_inventory_changes()
    {
        var folder = Directory.CreateTempSubdirectory("trigger-names-").FullName;
        var source = Path.Combine(folder, "netdevices.csv");
        File.WriteAllText(source, "a,cisco\n");
        var names = new DeviceNames(Path.Combine(folder, "cache"));

        Assert.Equal(["a"], names.Of([source], () => ["a"]));
        Assert.Equal(["a"], names.Of([source], () => throw new InvalidOperationException("They were read twice.")));
        File.WriteAllText(source, "a,cisco\nb,cisco\n");
        Assert.Equal(["a", "b"], names.Of([source], () => ["a", "b"]));
        Assert.Empty(names.Of([], () => throw new InvalidOperationException("There is nothing to read.")));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void is_taught_to_every_shell_for_every_name(string shell)
    {
        var script = CompletionVerb.Script(shell);

        Assert.Contains("trigger gong netdev gnng run_cmds load_config acl", script, StringComparison.Ordinal);
        Assert.Contains("trigger complete", script, StringComparison.Ordinal);
    }
}
