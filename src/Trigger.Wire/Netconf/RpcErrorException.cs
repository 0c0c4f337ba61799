using Trigger.Wire.Netconf.Model;

namespace Trigger.Wire.Netconf;

/// <summary>The server answered with errors.</summary>
public sealed class RpcErrorException(string operation, RpcReply reply) : Exception($"{operation} was refused: {string.Join("; ", reply.Errors)}")
{
    public string Operation { get; } = operation;

    public RpcReply Reply { get; } = reply;

    /// <summary>All of them, in the server's order, warnings too.</summary>
    public IReadOnlyList<RpcError> Errors => Reply.Errors;

    /// <summary>The first that is no warning, or the first of all.</summary>
    public RpcError First => Errors.FirstOrDefault(error => !error.IsWarning) ?? Errors[0];
}
