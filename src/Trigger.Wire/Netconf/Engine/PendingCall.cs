using Trigger.Wire.Netconf.Model;

namespace Trigger.Wire.Netconf.Engine;

/// <summary>A request that was sent and is owed an answer. One whose caller has given up stays here until its answer has come, or the answer would be a stranger's.</summary>
internal sealed class PendingCall(string operation, ReplyPipe? pipe)
{
    private readonly TaskCompletionSource<RpcReply> whole = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<MessageHead> begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal string Operation => operation;

    /// <summary>Where the reply goes when it is to be streamed.</summary>
    internal ReplyPipe? Pipe => pipe;

    /// <summary>For a reply that is taken whole.</summary>
    internal Task<RpcReply> Reply => whole.Task;

    /// <summary>For a reply that is streamed: its head has come.</summary>
    internal Task<MessageHead> Begun => begun.Task;

    internal void Answer(RpcReply reply) => whole.TrySetResult(reply);

    internal ReplyPipe Begin(MessageHead head)
    {
        begun.TrySetResult(head);
        return pipe!;
    }

    internal void Fail(NetconfFault fault)
    {
        // Only one of the two is awaited, and a failure that nobody looks at is nobody's.
        if (pipe is null)
        {
            whole.TrySetException(new NetconfException(fault));
            _ = whole.Task.Exception;
            return;
        }

        if (begun.TrySetException(new NetconfException(fault)))
            _ = begun.Task.Exception;
        pipe.Break(fault);
    }
}
