namespace Trigger.Wire.Ssh;

/// <summary>Owns a descriptor in a reactor's epoll, or a deadline among its deadlines. Called on the reactor's thread only.</summary>
internal interface IWatched
{
    /// <param name="events">What epoll saw.</param>
    void Happened(uint events);

    /// <param name="moment">The deadline that has come, as it was registered.</param>
    void Expire(long moment);

    /// <summary>The reactor ends.</summary>
    void Abandon();
}
