using Trigger.Devices;

namespace Trigger.Jobs.Plays;

/// <summary>Work on many devices, as two functions.</summary>
/// <param name="to">What a device is sent; a null is not sent, and its answer is null.</param>
/// <param name="from">What its answers mean.</param>
public sealed class DelegateCommando<TResult>(Func<NetDevice, IReadOnlyList<string?>> to, Func<NetDevice, IReadOnlyList<string?>, TResult> from) : Commando<TResult>
{
    protected override TResult FromBase(NetDevice device, IReadOnlyList<string?> answers) => from(device, answers);

    protected override IReadOnlyList<string?> BaseOf(NetDevice device) => to(device);
}
