namespace DoorAgent.Operating;

/// <summary>Who is at the other end of the operator's socket; the kernel reports the user.</summary>
internal enum OperatorPeer
{
    /// <summary>A user who may not use the socket.</summary>
    Stranger,

    /// <summary>The user of <c>dooragent link</c>: reads events, metrics and the status.</summary>
    Link,

    /// <summary>The user of <c>dooragent page</c>: does what the role of the given session allows.</summary>
    Page,

    /// <summary>Root, and the door's own user, who control the door anyway.</summary>
    Owner,
}
