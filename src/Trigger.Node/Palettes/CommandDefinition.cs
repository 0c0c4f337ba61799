using Trigger.Node.Security;

namespace Trigger.Node.Palettes;

/// <summary>A command of the console.</summary>
/// <param name="Palette">The first word, such as <c>cluster</c>.</param>
/// <param name="Name">The second, such as <c>show</c>.</param>
/// <param name="Arguments">How the rest looks, such as <c>RUN [--failed]</c>; empty for none.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Role">Who may.</param>
/// <param name="Run">Carries it out; the lines are told as they come. A <see cref="CommandException"/> is told to whoever typed it.</param>
public sealed record CommandDefinition(
    string Palette, string Name, string Arguments, string Description, Role Role, Func<CommandCall, CancellationToken, IAsyncEnumerable<CommandLine>> Run)
{
    /// <summary>A command whose whole answer is there at once.</summary>
    public static CommandDefinition Of(string palette, string name, string arguments, string description, Role role, Func<CommandCall, IEnumerable<CommandLine>> run) =>
        new(palette, name, arguments, description, role, (call, _) => run(call).ToAsyncEnumerable());

    /// <inheritdoc cref="Of(string, string, string, string, Role, Func{CommandCall, IEnumerable{CommandLine}})"/>
    public static CommandDefinition Of(string palette, string name, string arguments, string description, Role role, Func<CommandCall, Task<IEnumerable<CommandLine>>> run)
    {
        return new CommandDefinition(palette, name, arguments, description, role, (call, _) => Later(run, call));

        static async IAsyncEnumerable<CommandLine> Later(Func<CommandCall, Task<IEnumerable<CommandLine>>> run, CommandCall call)
        {
            foreach (var line in await run(call).ConfigureAwait(false))
                yield return line;
        }
    }
}
