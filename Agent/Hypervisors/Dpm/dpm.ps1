# Calls of Data Protection Manager's own cmdlets, one for each request line; the answer is one line of JSON. Enumeration values go out by their names, instants as UTC: texts are in the
# server's language and are only shown. Written from the documentation of the module DataProtectionManager. Never run yet: docs/hot-backup-dpm.md.
$ErrorActionPreference = 'Stop'
$WarningPreference = $VerbosePreference = $ProgressPreference = 'SilentlyContinue'
Import-Module DataProtectionManager

function Listed($items) { $all = @($items | Where-Object { $null -ne $_ }); @{ count = $all.Count; items = $all } }
function Source([string]$server, [string]$id) {
    $found = Get-DPMProtectionGroup -DPMServerName $server | ForEach-Object { Get-DPMDatasource -ProtectionGroup $_ } | Where-Object { "$($_.DatasourceId)" -eq $id } | Select-Object -First 1
    if ($null -eq $found) { throw "no protected machine $id on $server" }
    $found
}
function Production([string]$server, [string]$name) {
    $found = Get-DPMProductionServer -DPMServerName $server | Where-Object { $_.ServerName -eq $name -or $_.NetbiosName -eq $name } | Select-Object -First 1
    if ($null -eq $found) { throw "$name is not a protected server of $server" }
    $found
}
function Utc($time) { ([datetime]$time).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.fffZ', [Globalization.CultureInfo]::InvariantCulture) }

$calls = @{
    sources = { param($a)
        $groups = @{}
        Get-DPMProtectionGroup -DPMServerName $a.server | ForEach-Object { $group = $_; Get-DPMDatasource -ProtectionGroup $group | ForEach-Object { $groups["$($_.DatasourceId)"] = $group.FriendlyName } }
        Listed (Get-DPMDatasource -ProductionServer (Production $a.server $a.productionServer) -Inquire | Where-Object { $_.ObjectType -like '*Hyper-V*' -or $_.GetType().Name -like '*HyperV*' } | ForEach-Object {
                @{ id = "$($_.DatasourceId)"; name = "$($_.Name)"; group = $groups["$($_.DatasourceId)"] } })
    }
    protect = { param($a)
        $wanted = @($a.sources)
        $found = @(Get-DPMDatasource -ProductionServer (Production $a.server $a.productionServer) -Inquire | Where-Object { $wanted -contains "$($_.DatasourceId)" })
        if ($found.Count -ne $wanted.Count) { throw "$($found.Count) of $($wanted.Count) machines were found" }
        $group = New-DPMProtectionGroup -DPMServerName $a.server -Name $a.group
        foreach ($one in $found) { Add-DPMChildDatasource -ProtectionGroup $group -ChildDatasource $one }
        Set-DPMProtectionType -ProtectionGroup $group -ShortTerm Disk
        # The page's syntax says RetentionRangeDays, its examples RetentionRangeInDays.
        $parameter = @('RetentionRangeInDays', 'RetentionRangeDays' | Where-Object { (Get-Command Set-DPMPolicyObjective).Parameters.ContainsKey($_) })[0]
        $objective = @{ ProtectionGroup = $group; BeforeRecoveryPoint = $true }
        $objective[$parameter] = [int]$a.days
        Set-DPMPolicyObjective @objective
        # Recovery points of Hyper-V come from express fulls alone.
        $schedule = Get-DPMPolicySchedule -ProtectionGroup $group -ShortTerm | Where-Object { "$($_.JobType)" -eq 'FullReplicationForApplication' } | Select-Object -First 1
        if ($null -eq $schedule) { throw 'the group has no schedule of express fulls' }
        Set-DPMPolicySchedule -ProtectionGroup $group -Schedule $schedule -TimesOfDay @($a.times) -DaysOfWeek Su, Mo, Tu, We, Th, Fr, Sa
        foreach ($one in $found) { Get-DPMDatasourceDiskAllocation -Datasource $one | Out-Null; Set-DPMDatasourceDiskAllocation -Datasource $one -ProtectionGroup $group }
        Set-DPMReplicaCreationMethod -ProtectionGroup $group -Now
        # Nothing is saved before this.
        Set-DPMProtectionGroup -ProtectionGroup $group
        $saved = Get-DPMProtectionGroup -DPMServerName $a.server | Where-Object { $_.FriendlyName -eq $a.group } | Select-Object -First 1
        @{ members = @(Get-DPMDatasource -ProtectionGroup $saved).Count }
    }
    recoveryPoints = { param($a)
        Listed (Get-DPMRecoveryPoint -Datasource (Source $a.server $a.source) -OnlyActive | ForEach-Object { @{ id = "$($_.RecoverySourceId)$($_.RepresentedPointInTime.Ticks)"; at = (Utc $_.RepresentedPointInTime) } })
    }
    alerts = { param($a)
        $source = Source $a.server $a.source
        Listed (Get-DPMAlert -DPMServerName $a.server -IncludeAlerts AllActive | Where-Object { "$($_.DatasourceId)" -eq "$($source.DatasourceId)" } | ForEach-Object {
                @{ name = $(if ($_.AlertType) { "$($_.AlertType)" } else { $_.GetType().Name }); text = "$($_.ErrorInfo.Problem)" } })
    }
    runNow = { param($a) New-DPMRecoveryPoint -Datasource (Source $a.server $a.source) -Disk -BackupType ExpressFull | Out-Null; @{ started = $true } }
}

while ($null -ne ($line = [Console]::In.ReadLine())) {
    $request = $line | ConvertFrom-Json
    try {
        if (-not $calls.ContainsKey($request.call)) { throw "unknown call $($request.call)" }
        $answer = @{ id = $request.id; result = (& $calls[$request.call] $request.arguments) }
    }
    catch { $answer = @{ id = $request.id; error = "$_" } }
    [Console]::Out.WriteLine((ConvertTo-Json -InputObject $answer -Depth 6 -Compress))
    [Console]::Out.Flush()
}
