using System.CommandLine;
namespace Trigger.Cli.Lab;
internal static class LabVerb { public static Command Create(Dictionary<Command, string> examples) => new("lab"); }
