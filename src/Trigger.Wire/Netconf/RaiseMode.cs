namespace Trigger.Wire.Netconf;

/// <summary>Which answers become an <see cref="RpcErrorException"/>.</summary>
public enum RaiseMode
{
    /// <summary>Those with an error in them; warnings are in the reply.</summary>
    Errors,

    /// <summary>Those with an error or a warning.</summary>
    All,

    /// <summary>None; the caller looks at <see cref="Model.RpcReply.Errors"/>.</summary>
    None,
}
