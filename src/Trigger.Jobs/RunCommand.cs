using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Windows;
using Trigger.Kernel.Actor;

namespace Trigger.Jobs;

/// <summary>What anyone may ask of a run. Secrets travel in these messages and nowhere else.</summary>
public abstract record RunCommand
{
    /// <summary>Begin. Asking twice runs once: a run that is on record is not accepted again.</summary>
    /// <param name="Devices">The chosen devices, in the order in which they are begun.</param>
    /// <param name="Listener">Told of everything as it is written: <see cref="RunNews"/>.</param>
    public sealed record Submit(RunSpec Spec, IReadOnlyList<NetDevice> Devices, CredentialBook Credentials, IActorRef Listener) : RunCommand
    {
        /// <summary>When which device may be changed; asked when the run's policy says so.</summary>
        public BounceWindows? Windows { get; init; }

        /// <summary>Which of <see cref="RunSpec.Sets"/> a device is sent; null when there is none.</summary>
        public Func<NetDevice, int?>? SetOf { get; init; }

        /// <summary>Other devices by name, for checks; null when only the chosen ones are known.</summary>
        public Func<string, NetDevice?>? Find { get; init; }
    }

    /// <summary>Finish what an earlier engine left unfinished.</summary>
    /// <param name="Find">The device of that name in the inventory as it is now, or null.</param>
    public sealed record Resume(Func<string, NetDevice?> Find, CredentialBook Credentials, IActorRef Listener, string By) : RunCommand;

    /// <summary>Send nothing more.</summary>
    public sealed record Cancel(string By) : RunCommand;

    /// <summary>Begin nothing further until <see cref="Unpause"/>; what was begun is finished.</summary>
    public sealed record Pause(string By) : RunCommand;

    public sealed record Unpause(string By) : RunCommand;

    /// <summary>Let a run begin that waits for somebody's approval.</summary>
    public sealed record Approve(string By) : RunCommand;

    /// <summary>A person's word on the question that a device waits at: <see cref="RunEvent.StepParked"/>. Of no effect when it waits no more.</summary>
    /// <param name="Device">By name.</param>
    /// <param name="Text">Null to take the question back.</param>
    public sealed record Answer(string Device, int Step, string? Text, string By) : RunCommand
    {
        // It may be a password.
        public override string ToString() => $"Answer {{ Device = {Device}, Step = {Step}, By = {By} }}";
    }

    /// <summary>Asks for this same message once all that was asked of the run before is on record. Comes back only then: not from a run whose journal fails, or that ends with it.</summary>
    /// <param name="Until">The asker's own.</param>
    public sealed record Confirm(long Until) : RunCommand;

    /// <summary>Begin with, or go on with, a run that this node has come to own; as <see cref="Resume"/>, but what was asked of the run before (a pause, a cancellation) still holds.</summary>
    /// <param name="Find">The device of that name in the inventory as it is now, or null.</param>
    /// <param name="Node">For the record.</param>
    public sealed record Adopt(Func<string, NetDevice?> Find, CredentialBook Credentials, IActorRef Listener, string Node) : RunCommand;

    /// <summary>Begin nothing further, wait for the conversations under way, and stop: another node goes on with the run.</summary>
    public sealed record HandOver : RunCommand;

    private RunCommand() { }
}
