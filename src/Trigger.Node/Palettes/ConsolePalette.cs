namespace Trigger.Node.Palettes;

/// <summary>The commands that this node's console understands. The console downloads them, so help and completion always fit the node.</summary>
public sealed class ConsolePalette
{
    private readonly Lock adding = new();
    private volatile IReadOnlyList<CommandDefinition> all;

    internal ConsolePalette(NodeHost node) => all =
    [
        .. ClusterCommands.Of(node), .. ActorCommands.Of(node), .. JobCommands.Of(node), .. SessionCommands.Of(node), .. DeviceCommands.Of(node), .. LogCommands.Of(node),
        .. LeaseCommands.Of(node), .. ScheduleCommands.Of(node), .. HostKeyCommands.Of(node), .. CredentialCommands.Of(node),
    ];

    /// <summary>By palette and name.</summary>
    public IReadOnlyList<CommandDefinition> All => all;

    /// <summary>Adds a command of the host's own.</summary>
    /// <exception cref="ArgumentException">There is one of that name.</exception>
    public void Add(CommandDefinition command)
    {
        lock (adding)
        {
            if (Find(command.Palette, command.Name) is not null)
                throw new ArgumentException($"There is a command '{command.Palette} {command.Name}' already.", nameof(command));
            all = [.. all, command];
        }
    }

    public CommandDefinition? Find(string palette, string name) => all.FirstOrDefault(command => command.Palette == palette && command.Name == name);
}
