namespace DoorAgent.Operating;

/// <summary>The requests to a running door.</summary>
internal enum OperatorVerb
{
    /// <summary>Return the status.</summary>
    Status,

    /// <summary>Unlock the door once, as a grant does.</summary>
    Unlock,

    /// <summary>End an unlock now.</summary>
    Lock,

    /// <summary>Acknowledge an end without a stop.</summary>
    Acknowledge,

    /// <summary>Return the next badge without an owner, for an enrolment.</summary>
    NextBadge,

    /// <summary>Send the camera's frames, for an enrolment.</summary>
    Frames,

    /// <summary>Erase the names of a person who is no longer enrolled.</summary>
    EraseNames,

    /// <summary>Record that an operator accepts a gallery that is older than the newest one in use.</summary>
    AcceptGallery,

    /// <summary>Remember the accepted gallery as the newest one.</summary>
    RememberGallery,

    /// <summary>Change a person or a badge in the gallery.</summary>
    ChangeGallery,

    /// <summary>Return a new code, with which a page is paired once.</summary>
    PageCode,

    /// <summary>Begin a session of the page with a code.</summary>
    Pair,

    /// <summary>Return the role and the end of a session.</summary>
    Session,

    /// <summary>End a session.</summary>
    EndSession,

    /// <summary>Send the camera's next frame as JPEG, with what the door sees in it.</summary>
    Picture,

    /// <summary>Return records of the journal with names.</summary>
    Records,

    /// <summary>Explain a record of the journal.</summary>
    Explain,

    /// <summary>Return people and their badges.</summary>
    People,

    /// <summary>Change a person or one of their badges by number.</summary>
    ChangePerson,

    /// <summary>Erase a person at this door.</summary>
    ErasePerson,

    /// <summary>Begin to enrol a person with the door's camera and reader.</summary>
    Enrol,

    /// <summary>Return how far the enrolment is.</summary>
    Enrolment,

    /// <summary>End the enrolment, and write nothing.</summary>
    EndEnrolment,

    /// <summary>Check everything that the door needs, as the doctor does.</summary>
    Check,

    /// <summary>Return every setting with its value and origin.</summary>
    Settings,

    /// <summary>Return the state of the channels that leave the house.</summary>
    Links,

    /// <summary>Forget on which side of the door a person is, or everybody.</summary>
    Forgive,

    /// <summary>Change the mode of the door.</summary>
    Mode,

    /// <summary>Return the journal's records after a position, and wait for the next one where there is none yet.</summary>
    Events,

    /// <summary>Return the metrics.</summary>
    Metrics,

    /// <summary>Return where the door stands in its fleet.</summary>
    FleetStanding,

    /// <summary>Apply a delivery of the fleet, whose bytes follow the door's consent.</summary>
    FleetApply,

    /// <summary>Take note of the connection to the fleet's hub.</summary>
    FleetContact,
}
