CREATE TABLE `notes` (`id` int NOT NULL, `note` text);
ALTER TABLE `notes` ADD PRIMARY KEY (`id`), ADD KEY `ix_note` (`note`), MODIFY `note` varchar(255) NOT NULL AFTER `id`,
  CHANGE `note` `remark` varchar(200) NOT NULL;
ALTER TABLE notes ADD (kind int, state int), RENAME INDEX ix_note TO ix_remark;
