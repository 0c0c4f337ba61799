using Trigger.Kernel.Hosting;
using Trigger.Lab.Simulating;

namespace Trigger.Lab.Clustering;

/// <summary>The turns of one node's actors, among those of all nodes; none while the node is frozen, none ever again when it was killed.</summary>
internal sealed class NodeDispatcher(SeededDispatcher shared, SimulatedNode node) : ActorDispatcher
{
    internal override TaskCreationOptions Promises => shared.Promises;

    public override void Schedule(IThreadPoolWorkItem work, bool preferLocal) => shared.Schedule(new Turn_(node, work), preferLocal);

    internal override int Turn(int throughput) => 1;

    internal override void RunInBackground(Func<Task> work) => shared.RunInBackground(work);

    private sealed class Turn_(SimulatedNode node, IThreadPoolWorkItem work) : IThreadPoolWorkItem
    {
        public void Execute() => node.Receive(work.Execute);

        public override string ToString() => $"{node.Name}: {work}";
    }
}
