using System.Linq.Expressions;
using Trigger.Kernel.Actor;

namespace Trigger.Lab.TestKit;

/// <summary>The part of a kit that makes actors in the system under test.</summary>
public abstract class TestKitActors : TestKitExpecting
{
    private protected TestKitActors(ITestKitAssertions assertions, TestKitSettings settings, ActorSystem system)
        : base(assertions, settings) => Sys = system;

    public ActorSystem Sys { get; }

    public IActorRef ActorOf(Props props, string? name = null) => Sys.ActorOf(props, name);

    public IActorRef ActorOf<TActor>(string? name = null)
        where TActor : ActorBase, new() => Sys.ActorOf(Made<TActor>(), name);

    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory, string? name = null)
        where TActor : ActorBase => Sys.ActorOf(Made(factory), name);

    /// <summary>An actor that runs on the thread that tells it, and can be looked into.</summary>
    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(Props props, IActorRef? supervisor, string? name = null)
        where TActor : ActorBase => new(Sys, props, supervisor, name);

    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(Props props, string? name = null)
        where TActor : ActorBase => new(Sys, props, supervisor: null, name);

    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(Expression<Func<TActor>> factory, IActorRef? supervisor, string? name = null)
        where TActor : ActorBase => new(Sys, Made(factory), supervisor, name);

    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(Expression<Func<TActor>> factory, string? name = null)
        where TActor : ActorBase => new(Sys, Made(factory), supervisor: null, name);

    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(IActorRef? supervisor, string? name = null)
        where TActor : ActorBase, new() => new(Sys, Made<TActor>(), supervisor, name);

    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(string? name = null)
        where TActor : ActorBase, new() => new(Sys, Made<TActor>(), supervisor: null, name);

    /// <summary>A state machine that runs on the thread that tells it, and whose state can be read and set.</summary>
    public TestFSMRef<TFsmActor, TState, TData> ActorOfAsTestFSMRef<TFsmActor, TState, TData>(Props props, IActorRef? supervisor, string? name = null)
        where TFsmActor : FSM<TState, TData>
        where TState : notnull => new(Sys, props, supervisor, name);

    public TestFSMRef<TFsmActor, TState, TData> ActorOfAsTestFSMRef<TFsmActor, TState, TData>(Props props, string? name = null)
        where TFsmActor : FSM<TState, TData>
        where TState : notnull => new(Sys, props, supervisor: null, name);

    public TestFSMRef<TFsmActor, TState, TData> ActorOfAsTestFSMRef<TFsmActor, TState, TData>(Expression<Func<TFsmActor>> factory, IActorRef? supervisor, string? name = null)
        where TFsmActor : FSM<TState, TData>
        where TState : notnull => new(Sys, Made(factory), supervisor, name);

    public TestFSMRef<TFsmActor, TState, TData> ActorOfAsTestFSMRef<TFsmActor, TState, TData>(Expression<Func<TFsmActor>> factory, string? name = null)
        where TFsmActor : FSM<TState, TData>
        where TState : notnull => new(Sys, Made(factory), supervisor: null, name);

    public TestFSMRef<TFsmActor, TState, TData> ActorOfAsTestFSMRef<TFsmActor, TState, TData>(IActorRef? supervisor, string? name = null)
        where TFsmActor : FSM<TState, TData>, new()
        where TState : notnull => new(Sys, Made<TFsmActor>(), supervisor, name);

    public TestFSMRef<TFsmActor, TState, TData> ActorOfAsTestFSMRef<TFsmActor, TState, TData>(string? name = null)
        where TFsmActor : FSM<TState, TData>, new()
        where TState : notnull => new(Sys, Made<TFsmActor>(), supervisor: null, name);

    private static Props Made<TActor>()
        where TActor : ActorBase, new() => Props.Create(static () => new TActor());

    private static Props Made<TActor>(Expression<Func<TActor>> factory)
        where TActor : ActorBase => Props.Create(factory.Compile());
}
