# One WMI call of root\virtualization\v2 for each request line; the answer is one line of JSON. No logic lies here: see IHyperVHost.cs for what each call is.
# Written from the documentation of the Hyper-V WMI provider (V2). Never run on a host yet: docs/hot-backup-hyperv.md.
$ErrorActionPreference = 'Stop'
$WarningPreference = $VerbosePreference = $ProgressPreference = 'SilentlyContinue'
$ns = 'root\virtualization\v2'

function One([string]$class, [string]$property, [string]$value) {
    $escaped = $value.Replace('\', '\\').Replace("'", "\'")
    Get-WmiObject -Namespace $ns -Query "SELECT * FROM $class WHERE $property = '$escaped'" | Select-Object -First 1
}
function Need([string]$class, [string]$property, [string]$value) {
    $found = One $class $property $value
    if ($null -eq $found) { throw "no instance of $class with $property = $value" }
    $found
}
function Related($object, [string]$class, [string]$association) { @($object.GetRelated($class, $association, $null, $null, $null, $null, $false, $null)) }
function Service([string]$class) { Get-WmiObject -Namespace $ns -Class $class | Select-Object -First 1 }
# A property as it is: null stays null, so that the caller can tell it from an empty list.
function Value($object, [string]$name) {
    $property = $object.Properties | Where-Object { $_.Name -eq $name }
    if ($null -eq $property -or $null -eq $property.Value) { $null } else { , $property.Value }
}
function Reply($out) {
    $job = Value $out 'Job'
    $id = $null
    if ($job) { $id = ([wmi]$job).InstanceID }
    @{ returnValue = [long]$out.ReturnValue; job = $id }
}
function Invoke([string]$service, [string]$method, [hashtable]$arguments) {
    $target = Service $service
    $in = $target.GetMethodParameters($method)
    foreach ($name in $arguments.Keys) { $in[$name] = $arguments[$name] }
    $target.InvokeMethod($method, $in, $null)
}
function System([string]$id) {
    $found = One 'Msvm_ComputerSystem' 'Name' $id
    if ($null -eq $found) { $found = Need 'Msvm_PlannedComputerSystem' 'Name' $id }
    $found
}
function Settings([string]$id) { Need 'Msvm_VirtualSystemSettingData' 'InstanceID' $id }

$calls = @{
    systems = { param($a)
        Get-WmiObject -Namespace $ns -Query "SELECT * FROM Msvm_ComputerSystem WHERE Caption <> 'Hosting Computer System'" | Where-Object { $_.Name -match '^[0-9A-Fa-f-]{36}$' } | ForEach-Object {
            @{ id = $_.Name; name = $_.ElementName; enabledState = [long]$_.EnabledState; operationalStatus = @($_.OperationalStatus | ForEach-Object { [long]$_ }) } }
    }
    components = { param($a)
        $system = System $a.key
        $result = @{}
        foreach ($pair in @(@('backup', 'Msvm_VssComponent'), @('heartbeat', 'Msvm_HeartbeatComponent'))) {
            $found = Related $system $pair[1] 'Msvm_SystemDevice' | Select-Object -First 1
            if ($found) { $result[$pair[0]] = @{ enabledState = [long]$found.EnabledState; status = [long]@($found.OperationalStatus)[0] } }
        }
        $result
    }
    settings = { param($a)
        $found = Related (System $a.key) 'Msvm_VirtualSystemSettingData' 'Msvm_SettingsDefineState' | Select-Object -First 1
        @{ id = $found.InstanceID; version = $found.Version }
    }
    snapshots = { param($a)
        Related (System $a.key) 'Msvm_VirtualSystemSettingData' 'Msvm_SnapshotOfVirtualSystem' | ForEach-Object { @{ id = $_.InstanceID; type = $_.VirtualSystemType; name = $_.ElementName } }
    }
    storage = { param($a)
        $settings = Settings $a.key
        foreach ($class in 'Msvm_StorageAllocationSettingData', 'Msvm_ResourceAllocationSettingData') {
            Related $settings $class 'Msvm_VirtualSystemSettingDataComponent' | ForEach-Object {
                @{ id = $_.InstanceID; resourceType = [long]$_.ResourceType; subType = $_.ResourceSubType; path = $(if ($_.HostResource) { @($_.HostResource)[0] } else { $null }); reservations = [bool]$_.PersistentReservationsSupported } }
        }
    }
    configuration = { param($a)
        $settings = Settings $a.key
        Get-ChildItem -LiteralPath (Join-Path $settings.ConfigurationDataRoot 'Snapshots') -Filter "$($settings.ConfigurationID).*" -File |
            Where-Object { $_.Extension -in '.vmcx', '.vmrs', '.vmgs' } | ForEach-Object { @{ path = $_.FullName } }
    }
    referencePoints = { param($a)
        Related (System $a.key) 'Msvm_VirtualSystemReferencePoint' 'Msvm_ReferencePointOfVirtualSystem' | ForEach-Object {
            @{ id = $_.InstanceID; type = [long]$_.ReferencePointType; disks = (Value $_ 'VirtualDiskIdentifiers'); tracking = (Value $_ 'ResilientChangeTrackingIdentifiers') } }
    }
    createSnapshot = { param($a)
        $settings = ([wmiclass]"\\.\${ns}:Msvm_VirtualSystemSnapshotSettingData").CreateInstance()
        $settings.ElementName = $a.name
        $settings.ConsistencyLevel = [int]$a.consistency
        $settings.IgnoreNonSnapshottableDisks = $true
        if ($settings.Properties | Where-Object { $_.Name -eq 'GuestBackupType' }) { $settings.GuestBackupType = 2 }
        Reply (Invoke 'Msvm_VirtualSystemSnapshotService' 'CreateSnapshot' @{ AffectedSystem = (System $a.key).Path.Path; SnapshotSettings = $settings.GetText(1); SnapshotType = 32768 })
    }
    destroySnapshot = { param($a) Reply (Invoke 'Msvm_VirtualSystemSnapshotService' 'DestroySnapshot' @{ AffectedSnapshot = (Settings $a.key).Path.Path }) }
    convertToReferencePoint = { param($a) Reply (Invoke 'Msvm_VirtualSystemSnapshotService' 'ConvertToReferencePoint' @{ AffectedSnapshot = (Settings $a.key).Path.Path }) }
    destroyReferencePoint = { param($a)
        Reply (Invoke 'Msvm_VirtualSystemReferencePointService' 'DestroyReferencePoint' @{ AffectedReferencePoint = (Need 'Msvm_VirtualSystemReferencePoint' 'InstanceID' $a.key).Path.Path })
    }
    job = { param($a)
        $found = One 'Msvm_ConcreteJob' 'InstanceID' $a.key
        if ($found) { @{ state = [long]$found.JobState; errorCode = [long]$found.ErrorCode; errorDescription = $found.ErrorDescription } }
    }
    jobResult = { param($a)
        $job = One 'Msvm_ConcreteJob' 'InstanceID' $a.key
        if ($job) {
            $made = Related $job $null 'Msvm_AffectedJobElement' | Where-Object { $_.__CLASS -in 'Msvm_VirtualSystemSettingData', 'Msvm_VirtualSystemReferencePoint', 'Msvm_PlannedComputerSystem' } | Select-Object -First 1
            if ($made) { if ($made.__CLASS -eq 'Msvm_PlannedComputerSystem') { $made.Name } else { $made.InstanceID } }
        }
    }
    changes = { param($a)
        $out = Invoke 'Msvm_ImageManagementService' 'GetVirtualDiskChanges' @{ Path = $a.key; LimitId = $a.since; TargetSnapshotId = $null; ByteOffset = [uint64]$a.offset; ByteLength = [uint64]$a.length }
        $result = Reply $out
        $result.processed = Value $out 'ProcessedByteLength'
        $result.offsets = Value $out 'ChangedByteOffsets'
        $result.lengths = Value $out 'ChangedByteLengths'
        $result
    }
    import = { param($a) Reply (Invoke 'Msvm_VirtualSystemManagementService' 'ImportSystemDefinition' @{ SystemDefinitionFile = $a.key; SnapshotFolder = $a.value; GenerateNewSystemIdentifier = $true }) }
    rename = { param($a)
        $settings = Settings $a.key
        $settings.ElementName = $a.value
        Reply (Invoke 'Msvm_VirtualSystemManagementService' 'ModifySystemSettings' @{ SystemSettings = $settings.GetText(1) })
    }
    moveStorage = { param($a)
        $storage = Need 'Msvm_StorageAllocationSettingData' 'InstanceID' $a.key
        $storage.HostResource = @($a.value)
        Reply (Invoke 'Msvm_VirtualSystemManagementService' 'ModifyResourceSettings' @{ ResourceSettings = @($storage.GetText(1)) })
    }
    removeStorage = { param($a)
        $storage = One 'Msvm_StorageAllocationSettingData' 'InstanceID' $a.key
        if ($null -eq $storage) { $storage = Need 'Msvm_ResourceAllocationSettingData' 'InstanceID' $a.key }
        Reply (Invoke 'Msvm_VirtualSystemManagementService' 'RemoveResourceSettings' @{ ResourceSettings = @($storage.Path.Path) })
    }
    disconnectNetwork = { param($a)
        $ports = @(Related (Settings $a.key) 'Msvm_EthernetPortAllocationSettingData' 'Msvm_VirtualSystemSettingDataComponent' | ForEach-Object { $_.EnabledState = 3; $_.GetText(1) })
        if ($ports.Count -eq 0) { @{ returnValue = 0; job = $null } } else { Reply (Invoke 'Msvm_VirtualSystemManagementService' 'ModifyResourceSettings' @{ ResourceSettings = $ports }) }
    }
    validate = { param($a) Reply (Invoke 'Msvm_VirtualSystemManagementService' 'ValidatePlannedSystem' @{ PlannedSystem = (System $a.key).Path.Path }) }
    realize = { param($a) Reply (Invoke 'Msvm_VirtualSystemManagementService' 'RealizePlannedSystem' @{ PlannedSystem = (System $a.key).Path.Path }) }
    destroyPlanned = { param($a) Reply (Invoke 'Msvm_VirtualSystemManagementService' 'DestroySystem' @{ AffectedSystem = (System $a.key).Path.Path }) }
}

# Lists, so that one item stays a list.
$lists = 'systems', 'snapshots', 'storage', 'configuration', 'referencePoints'

while ($null -ne ($line = [Console]::In.ReadLine())) {
    $request = $line | ConvertFrom-Json
    try {
        if (-not $calls.ContainsKey($request.call)) { throw "unknown call $($request.call)" }
        if ($request.call -in $lists) { $result = @(& $calls[$request.call] $request.arguments) } else { $result = & $calls[$request.call] $request.arguments }
        $answer = @{ id = $request.id; result = $result }
    }
    catch { $answer = @{ id = $request.id; error = "$_" } }
    [Console]::Out.WriteLine((ConvertTo-Json -InputObject $answer -Depth 6 -Compress))
    [Console]::Out.Flush()
}
