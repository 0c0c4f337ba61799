using System.CommandLine;
using Trigger.Acl.Changing;
using Trigger.Cli.Input;

namespace Trigger.Cli.Acl;

/// <summary><c>trigger acl plan</c>: the commands from the running list to the wanted one.</summary>
internal static class PlanVerb
{
    public static Command Create(Dictionary<Command, string> examples)
    {
        var input = new AclInput();
        var running = new Argument<string>("running") { Description = "The list as it runs, or the configuration it is in.", HelpName = "RUNNING" };
        var target = new Argument<string>("target") { Description = "The list as it shall be.", HelpName = "TARGET" };
        var plan = new Command("plan", "Plans the edit of a list by numbers, so that no state between permits what neither list permits. Exit code 1 when there is no such plan.") { running, target };
        input.AddTo(plan);
        plan.SetAction(line =>
        {
            var mistakes = new Mistakes();
            var from = input.One(line, line.GetValue(running)!, mistakes);
            var to = input.One(line, line.GetValue(target)!, mistakes);
            if (from is null || to is null || mistakes.Any)
                return mistakes.Say(Console.Error);
            var made = EditPlanner.Plan(from, to);
            if (input.Json(line))
                Json(made);
            else
                Text(made);
            return made.Safe ? ExitCode.AllWell : ExitCode.SomeFailed;
        });
        examples.Add(plan, "trigger acl plan running.acl wanted.acl > edit.txt");
        return plan;
    }

    private static void Text(EditPlan plan)
    {
        if (!plan.Safe)
        {
            Console.Error.WriteLine($"no safe plan: {plan.Problem}");
            return;
        }

        Console.Error.WriteLine(plan.Steps.Count == 0 ? "nothing to do" : $"{AclText.Count(plan.Steps.Count, "step")}; no state between permits what neither list permits");
        if (plan.Commands.Count > 0 && plan.Commands[0].Contains(" resequence ", StringComparison.Ordinal))
            Console.Error.WriteLine("the running text does not say its lines' numbers; the first command gives them those that the others count with");
        foreach (var command in plan.Commands)
            Console.WriteLine(command);
    }

    private static void Json(EditPlan plan) => AclText.Object(to =>
    {
        to.WriteBoolean("safe", plan.Safe);
        to.WriteString("problem", plan.Problem);
        to.WriteStartArray("commands");
        foreach (var command in plan.Safe ? plan.Commands : [])
            to.WriteStringValue(command);
        to.WriteEndArray();
    });
}
