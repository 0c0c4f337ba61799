using System.Net;
using Trigger.Devices;

namespace Trigger.Lab;

/// <summary>A device that pretends. Its passwords protect nothing, so they are plain text.</summary>
public sealed record LabDevice
{
    /// <summary>Its name in the inventory and in its prompt.</summary>
    public required string Name { get; init; }

    /// <summary>Id of the platform that it speaks.</summary>
    public required string Platform { get; init; }

    public required Protocol Protocol { get; init; }

    /// <summary>Where it listens. Port 0 before it is started lets the system choose.</summary>
    public required IPEndPoint Address { get; init; }

    public string User { get; init; } = "lab";

    public string Password { get; init; } = "lab";

    /// <summary>Empty lets everybody enable without a password.</summary>
    public string EnablePassword { get; init; } = "lab";

    public LabFaults Faults { get; init; }

    /// <summary>Set, the device keeps its configuration over connections, and knows the commands with which its platform tries a change and takes it back; null for a new one each time.</summary>
    public LabConfiguration? Configuration { get; init; }

    /// <summary>Told every line that the device was sent as a command, before it answers; for counting in tests. Called from the device's own thread.</summary>
    public Action<string>? Heard { get; init; }

    public bool Has(LabFaults fault) => (Faults & fault) != 0;
}
