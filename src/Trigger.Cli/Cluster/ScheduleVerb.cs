using System.CommandLine;
using Trigger.Cli.Input;

namespace Trigger.Cli.Cluster;

/// <summary><c>trigger schedule</c>: what a cluster runs when. Schedules are made by <c>trigger run --schedule</c>.</summary>
internal static class ScheduleVerb
{
    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new Command("schedule", "Lists, shows, pauses, resumes and removes a cluster's schedules. They are made by 'trigger run --schedule'.")
        {
            Act("list", "What runs when.", named: false), Act("show", "A schedule, and what it runs.", named: true), Act("pause", "Stops a schedule for a while.", named: true),
            Act("resume", "Lets a schedule go on with its next time from now.", named: true), Act("remove", "Removes a schedule; a run of it that is under way goes on.", named: true),
        };
        examples.Add(verb, "trigger run --cluster node1 --schedule nightly --cron '30 2 * * *' --zone Europe/Berlin --on all -c 'show version'\ntrigger schedule list --cluster node1\ntrigger schedule pause nightly --cluster node1");
        return verb;
    }

    private static Command Act(string word, string description, bool named)
    {
        var cluster = new ClusterOptions();
        var json = new Option<bool>("--json") { Arity = ArgumentArity.Zero, Description = "An object a line." };
        var name = new Argument<string>("name") { Description = "The schedule.", HelpName = "NAME" };
        var command = new Command(word, description) { json };
        if (named)
            command.Add(name);
        cluster.AddTo(command);
        command.SetAction(async (line, cancel) =>
        {
            var mistakes = new Mistakes();
            using var at = cluster.Open(line, mistakes);
            if (mistakes.Any || at is null)
                return mistakes.Say(Console.Error);

            var words = named ? new[] { "schedule", word, line.GetValue(name)! } : ["schedule", word];
            return await new PbmShell(at, line.GetValue(json), Console.Out, Console.Error, _ => null).Run(words, cancel);
        });
        return command;
    }
}
