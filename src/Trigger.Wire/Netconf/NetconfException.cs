namespace Trigger.Wire.Netconf;

/// <summary>A session could not do what was asked; <see cref="Fault"/> says why.</summary>
public sealed class NetconfException(NetconfFault fault) : Exception(fault.ToString())
{
    public NetconfFault Fault { get; } = fault;
}
