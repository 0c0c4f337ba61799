using System.CommandLine;
using Trigger.Cli.Loading;

namespace Trigger.Cli.Acl;

/// <summary><c>trigger acl</c>: filters read, converted, asked and proven.</summary>
internal static class AclVerb
{
    public static Command Create(Dictionary<Command, string> examples)
    {
        var acl = new Command("acl", "Reads, converts and questions packet filters of any dialect; only 'load' touches devices.")
        {
            AclParseVerb.Create(examples),
            ConvertVerb.Create(examples),
            CheckVerb.Check(examples),
            CheckVerb.Explain(examples),
            ShadowVerb.Create(examples),
            DiffVerb.Diff(examples),
            DiffVerb.Equal(examples),
            FindVerb.Create(examples),
            OptimizeVerb.Create(examples),
            PlanVerb.Create(examples),
            ExpireVerb.Create(examples),
            ExistsVerb.Create(examples),
            PermitVerb.Create(examples),
            ScriptVerb.Create(examples),
            EditVerb.Create(examples),
            LoadDesk.Create(examples),
        };
        examples.Add(acl, "trigger acl shadow edge.acl\ntrigger acl check edge.acl 10.17.18.19 10.20.30.40 tcp 80\ntrigger acl convert edge.acl --to junos\ntrigger acl diff running.acl new.acl");
        return acl;
    }
}
