using System.CommandLine;
using System.Text.Json;
using Trigger.Cli.Input;
using Trigger.Node;

namespace Trigger.Cli.Job;

/// <summary><c>trigger job parked</c> and <c>trigger job answer</c>: the questions of devices that wait for a person.</summary>
internal static class ParkedVerbs
{
    public static Command List(Dictionary<Command, string> examples)
    {
        var state = StateOption.Create();
        var json = new Option<bool>("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line." };
        var list = new Command("parked", "Lists the questions of devices that wait for a person (runs with --park).") { state, json };
        list.SetAction(line =>
        {
            using var records = RunRecords.Open(line.GetValue(state)!.Address);
            foreach (var step in records.Parked())
                Console.WriteLine(line.GetValue(json) ? JsonSerializer.Serialize(step, JsonSerializerOptions.Web) : $"{step.Run}  {step.Device}  {step.Command}  until {step.Until:HH:mm:ss}Z\n    {step.Question}");
            return ExitCode.AllWell;
        });
        examples.Add(list, "trigger job parked");
        return list;
    }

    public static Command Answer(Dictionary<Command, string> examples)
    {
        var (state, run) = (StateOption.Create(), JobVerb.Run());
        var device = new Argument<string>("device") { Description = "The device that asks.", HelpName = "DEVICE" };
        var text = new Argument<string?>("answer") { Description = "What to type, with a line end. It is kept on record.", HelpName = "ANSWER", Arity = ArgumentArity.ZeroOrOne };
        var abort = new Option<bool>("--abort") { Arity = ArgumentArity.Zero, Description = "Take the question back (the platform's abort key) instead." };
        var answer = new Command("answer", "Answers a device's question that waits for a person. A password is not taken, because answers are kept on record.") { run, device, text, abort, state };
        answer.SetAction(line => JobVerb.WithRun(line.GetValue(state)!.Address, line.GetValue(run)!, (records, record) =>
            Give(records, record, line.GetValue(device)!, line.GetValue(text), line.GetValue(abort)) is { } mistake ? Refuse(mistake) : ExitCode.AllWell));
        examples.Add(answer, "trigger job answer 20261122-0559-kqzf core1 yes\ntrigger job answer 20261122-0559-kqzf core1 --abort");
        return answer;
    }

    private static string? Give(RunRecords records, RunRecord record, string device, string? text, bool abort)
    {
        if ((text is null) != abort)
            return "say an answer, or --abort to take the question back; one of them.";
        if (records.Parked(record.Id).FirstOrDefault(step => step.Device == device) is not { } parked)
            return $"'{device}' waits at no question in run {record.Id}. See: trigger job parked";
        if (RunRecords.WhyNot(parked, text) is { } why)
            return why;

        records.Answer(parked, text, Environment.UserName);
        Console.WriteLine($"{device}: {(abort ? "the question is taken back" : "the answer is on its way")}");
        return null;
    }

    private static int Refuse(string mistake)
    {
        Console.Error.WriteLine($"trigger: {mistake}");
        return ExitCode.BadInput;
    }
}
