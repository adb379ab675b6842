namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>One of a machine's integration services.</summary>
/// <param name="EnabledState">2 on, 3 switched off in the machine's settings.</param>
/// <param name="Status">OperationalStatus[0]: 2 OK, 3 degraded (an older protocol), 7 incompatible, 12 no contact, 13 lost contact, 15 paused.</param>
internal sealed record HyperVComponent(int EnabledState, int Status)
{
    public GuestAgentState State => EnabledState == 3 ? GuestAgentState.Absent : Status switch
    {
        2 => GuestAgentState.Ok,
        3 => GuestAgentState.Degraded,
        7 => GuestAgentState.Incompatible,
        13 => GuestAgentState.Lost,
        _ => GuestAgentState.NoContact,
    };
}
