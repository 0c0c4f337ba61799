using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Node;

namespace Trigger.Cli.Job;

/// <summary><c>trigger job</c>: what is on record, and what to do about it.</summary>
internal static class JobVerb
{
    public static Command Create(Dictionary<Command, string> examples)
    {
        var job = new Command("job", "Shows, finishes, pauses, approves and stops runs.")
        {
            List(examples), Show(examples), ResultsVerb.Create(examples), ResumeVerb.Create(examples), AskVerbs.Pause(examples), AskVerbs.Unpause(examples), AskVerbs.Approve(examples),
            AskVerbs.Cancel(examples), DiffVerb.Create(examples), SearchVerb.Create(examples), RecordingsVerb.Create(examples), PruneVerb.Create(examples), ParkedVerbs.List(examples), ParkedVerbs.Answer(examples),
        };
        examples.Add(job, "trigger job list\ntrigger job results 20261121 --failed\ntrigger job resume 20261121-0559-kqzf");
        return job;
    }

    private static Command List(Dictionary<Command, string> examples)
    {
        var state = StateOption.Create();
        var json = new Option<bool>("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line." };
        var list = new Command("list", "Lists runs, newest first.") { state, json };
        list.SetAction(line =>
        {
            using var records = RunRecords.Open(line.GetValue(state)!.Address);
            if (line.GetValue(json))
                JobText.WriteJson(records.Runs());
            else
                JobText.WriteList(records.Runs());
            return ExitCode.AllWell;
        });
        examples.Add(list, "trigger job list\ntrigger job list --json | jq -r 'select(.state==\"interrupted\").run'");
        return list;
    }

    private static Command Show(Dictionary<Command, string> examples)
    {
        var (state, run) = (StateOption.Create(), Run());
        var show = new Command("show", "Shows one run: what was asked, and how far it is.") { run, state };
        show.SetAction(line => WithRun(line.GetValue(state)!.Address, line.GetValue(run)!, (records, record) =>
        {
            JobText.WriteOne(record, records.Faults(record.Id), records.Endings(record.Id));
            return ExitCode.AllWell;
        }));
        examples.Add(show, "trigger job show 20261121-0559-kqzf");
        return show;
    }

    internal static Argument<string> Run() => new("run") { Description = "The run's id, or the beginning of it.", HelpName = "RUN" };

    internal static int WithRun(string state, string id, Func<RunRecords, RunRecord, int> act)
    {
        using var records = RunRecords.Open(state);
        if (records.Run(id) is { } record)
            return act(records, record);

        Console.Error.WriteLine($"trigger: no run in {RunRecords.Shown(state)} is called '{id}', or several begin so. See: trigger job list");
        return ExitCode.BadInput;
    }
}
