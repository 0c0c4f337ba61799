namespace Trigger.Node.Api;

/// <summary>That a run's commands are lines of a configuration, and how they are loaded, tried, verified and taken back. As <c>trigger change</c> has it.</summary>
public sealed record ChangeOrder
{
    /// <summary>The lines are the whole configuration: what is not among them is removed.</summary>
    public bool Replace { get; init; }

    /// <summary>Shows what would change, and changes nothing.</summary>
    public bool DiffOnly { get; init; }

    /// <summary>Commits on trial: the device takes it back after so many minutes unless it was verified and confirmed by then.</summary>
    public int? ConfirmMinutes { get; init; }

    /// <summary>Where there is no trial: a restart is planned in so many minutes, and called off when all is well.</summary>
    public int? ReloadMinutes { get; init; }

    /// <summary>What must be true behind the change: "COMMAND=~PATTERN", "COMMAND!~PATTERN", or a command that must not be refused.</summary>
    public IReadOnlyList<string>? Verify { get; init; }

    /// <summary>How long a device may settle before it is verified.</summary>
    public string? Settle { get; init; }

    /// <summary>A change that fails its verification stays.</summary>
    public bool NoRollback { get; init; }

    /// <summary>The change is not kept over a restart, where that is a command of its own.</summary>
    public bool NoSave { get; init; }

    /// <summary>What is loaded on each device, by its name or that of a file of it, behind the commands of all; every chosen device must be among them. Without it, all get the same.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Configs { get; init; }
}
