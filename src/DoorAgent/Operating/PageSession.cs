namespace DoorAgent.Operating;

/// <summary>A code with which a page is paired once.</summary>
/// <param name="Code">8 digits.</param>
/// <param name="Role">The role of the session.</param>
/// <param name="Until">When the code expires.</param>
internal sealed record PairingCode(string Code, PageRole Role, DateTimeOffset Until);

/// <summary>A session of the page.</summary>
/// <param name="Role">What the session may do.</param>
/// <param name="Until">When the session ends if nothing is done until then.</param>
internal sealed record PageSession(PageRole Role, DateTimeOffset Until)
{
    /// <summary>The secret of the session, 64 hexadecimal digits; only in the answer to a pairing.</summary>
    public string? Token { get; init; }
}

/// <summary>What a page needs to know of a refusal.</summary>
internal enum PageProblem
{
    /// <summary>There is no such session, or it is over: pair again.</summary>
    NoSession,

    /// <summary>The code is wrong.</summary>
    WrongCode,

    /// <summary>No code is open: it was used, or none was made.</summary>
    NoCode,

    /// <summary>The code has expired.</summary>
    ExpiredCode,

    /// <summary>The code was wrong too often, and is closed.</summary>
    ClosedCode,

    /// <summary>The role of the session does not allow this.</summary>
    NotAllowed,

    /// <summary>There is no such person, badge or record.</summary>
    NotFound,
}
